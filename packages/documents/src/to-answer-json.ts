import type { ServedModel } from '@taskclf/infer-resolver'
import type { Prediction, Predictor } from '@taskclf/predictor'
import type { InferAnswer } from './infer-online.js'

/** What answered which line. */
interface Answered {
  line: number
  served: ServedModel
}

/** The prediction of one line. */
export function toAnswerJson(
  answered: Answered,
  { labels, outputs }: Pick<Predictor, 'labels' | 'outputs'>,
  prediction: Prediction,
): InferAnswer {
  const { unknownCategories, explanation } = prediction
  const unknown = {
    ...(unknownCategories && { unknown_categories: [...unknownCategories] }),
    ...(explanation && { explanation }),
  }
  if (prediction.value !== undefined) return { ...headOf(answered), value: prediction.value, ...unknown }
  if (prediction.scores !== undefined)
    return { ...headOf(answered), scores: named(outputs, prediction.scores), ...unknown }
  const { label, confidence, rejected, probabilities } = prediction
  return {
    ...headOf(answered),
    label,
    confidence,
    rejected,
    probabilities: named(labels, probabilities),
    ...unknown,
  }
}

function named(names: readonly string[], numbers: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, numbers[i] as number]))
}

/** What is answered to a line that cannot be predicted. */
export function toRefusalJson(answered: Answered, code: string, message: string): InferAnswer {
  return { ...headOf(answered), error: { code, message } }
}

function headOf({ line, served: { modelId, revision } }: Answered) {
  return { line, model_id: modelId, revision: revision ?? null }
}
