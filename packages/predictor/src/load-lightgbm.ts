import { parseModel } from '@taskclf/lightgbm'
import { parseModelInWorker } from '@taskclf/lightgbm/worker'
import { areCategoryLists } from './category-list.js'
import { PredictorError } from './errors.js'
import type { Artifact, ModelTask, Runtime } from './runtime.js'

const CLASSIFIERS = ['binary', 'cross_entropy', 'multiclass', 'multiclassova']

/** Objectives whose output is in the units of what was predicted. */
const REGRESSORS = [
  'regression',
  'regression_l1',
  'huber',
  'fair',
  'poisson',
  'quantile',
  'mape',
  'gamma',
  'tweedie',
]

/** Parsing half a megabyte holds up everything else for about as long as starting a worker takes. */
const IN_A_WORKER = 512 * 1024

/**
 * Loads a LightGBM text model; the loader of `model.txt` unless another is given. Pass it under another name for bundles
 * that call their model differently.
 *
 * The objective says what it answers: a classifier probabilities, a regressor a value in the units of its target, any other
 * (ranking, custom, none) scores.
 *
 * @throws PredictorError `encoders_invalid` when its list of categories is none; LightgbmError for a damaged file.
 * @example
 * ```ts
 * const predictor = await loadPredictor(bundle, { loaders: { '*.lgb': loadLightgbm } })
 * ```
 */
export async function loadLightgbm({ bytes, name, signal }: Artifact): Promise<Runtime> {
  const model =
    bytes.length < IN_A_WORKER ? parseModel(bytes) : await parseModelInWorker(bytes, signal && { signal })
  const {
    objective,
    featureNames,
    unreadableNames: unnamed,
    missingMatters,
    outputsPerRow,
    predictRows,
    contributionsRows: explainRows,
  } = model
  const { featureInfos: features, pandasCategorical: lists } = model
  if (lists !== null && !areCategoryLists(lists)) {
    const message = `${name}: pandas_categorical is not a list of lists of categories; save the model again`
    throw new PredictorError('encoders_invalid', message)
  }
  const categories = { features, lists }
  const task = taskOf(objective.name, outputsPerRow)
  const numOutputs = outputsPerRow
  return { task, featureNames, unnamed, missingMatters, categories, numOutputs, predictRows, explainRows }
}

function taskOf(objective: string, outputs: number): ModelTask {
  if (CLASSIFIERS.includes(objective)) return 'classification'
  return REGRESSORS.includes(objective) && outputs === 1 ? 'regression' : 'scores'
}
