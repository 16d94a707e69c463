import { BUNDLE_FILES, type ValidBundle } from '@taskclf/registry-core'
import { PredictorError } from './errors.js'
import type { PredictorNote } from './predictor.js'
import type { ModelTask, Runtime } from './runtime.js'

/** What a predictor answers, and what its outputs are called. */
export interface Answers {
  task: ModelTask
  /** Of a classifier its labels, of a regressor `value`, else the names of the scores. */
  outputs: readonly string[]
  notes: readonly PredictorNote[]
}

/**
 * What a model of this bundle answers: what the bundle states, else what the model file says.
 *
 * @throws PredictorError `not_a_classifier`, `outputs_contradict_labels`, `outputs_contradict_task`.
 */
export function answersOf(bundle: ValidBundle, runtime: Runtime): Answers {
  const { task: told = 'classification', likelyTask, numOutputs } = runtime
  const task = bundle.metadata.task ?? runtime.task ?? likelyTask ?? told
  if (task === 'classification') return classAnswers(bundle, runtime, told)
  if (task === 'scores') return { task, outputs: scoreNames(runtime), notes: [] }
  if (numOutputs === 1) return { task, outputs: ['value'], notes: [] }
  const message = `${bundle.modelId}: a regressor has one output, the model has ${numOutputs}; write "task": "scores" into ${BUNDLE_FILES.metadata} for several`
  throw new PredictorError('outputs_contradict_task', message, { details: { task, outputs: numOutputs } })
}

function scoreNames({ numOutputs, outputNames }: Runtime): readonly string[] {
  return outputNames?.length === numOutputs
    ? outputNames
    : Array.from({ length: numOutputs }, (_, i) => `score_${i}`)
}

function classAnswers({ modelId, metadata }: ValidBundle, { numOutputs }: Runtime, told: ModelTask): Answers {
  const task = 'classification'
  if (told !== task) {
    const message = `${modelId} is a classifier by its ${BUNDLE_FILES.metadata}, but the outputs of its model are not probabilities; train a classifier, or state "task": "${told}"`
    throw new PredictorError('not_a_classifier', message, { details: { task: told } })
  }
  const labels = metadata.label_set
  if (labels === undefined) {
    const outputs = Array.from({ length: Math.max(2, numOutputs) }, (_, i) => String(i))
    const message = `${modelId} does not say what its classes are called; they are called by their numbers, ${outputs.join(', ')}`
    return { task, outputs, notes: [{ code: 'labels_assumed', message, columns: [] }] }
  }
  if (numOutputs === labels.length || (numOutputs === 1 && labels.length === 2))
    return { task, outputs: [...labels], notes: [] }
  const message = `${modelId}: the model has ${numOutputs} outputs, but label_set names ${labels.length} labels (${labels.join(', ')}); they do not belong together`
  throw new PredictorError('outputs_contradict_labels', message, { details: { outputs: numOutputs, labels } })
}
