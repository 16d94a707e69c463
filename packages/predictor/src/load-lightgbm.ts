import { parseModel } from '@taskclf/lightgbm'
import { parseModelInWorker } from '@taskclf/lightgbm/worker'
import { areCategoryLists } from './category-list.js'
import { PredictorError } from './errors.js'
import type { Artifact, Runtime } from './runtime.js'

const CLASSIFIERS = ['binary', 'cross_entropy', 'multiclass', 'multiclassova']

/** Parsing half a megabyte holds up everything else for about as long as starting a worker takes. */
const IN_A_WORKER = 512 * 1024

/**
 * Loads a LightGBM text model; the loader of `model.txt` unless another is given. Pass it under another name for bundles
 * that call their model differently.
 *
 * @throws PredictorError `not_a_classifier` when its outputs are not probabilities; LightgbmError for a damaged file.
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
  } = model
  if (!CLASSIFIERS.includes(objective.name)) {
    const message = `${name} has the objective ${objective.name}, whose outputs are not probabilities; train it with one of ${CLASSIFIERS.join(', ')}`
    throw new PredictorError('not_a_classifier', message, { details: { objective: objective.name } })
  }
  const { featureInfos: features, pandasCategorical: lists } = model
  if (lists !== null && !areCategoryLists(lists)) {
    const message = `${name}: pandas_categorical is not a list of lists of categories; save the model again`
    throw new PredictorError('encoders_invalid', message)
  }
  const categories = { features, lists }
  return { featureNames, unnamed, missingMatters, categories, numOutputs: outputsPerRow, predictRows }
}
