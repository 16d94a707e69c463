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
  { labels }: Pick<Predictor, 'labels'>,
  { label, confidence, rejected, probabilities, unknownCategories }: Prediction,
): InferAnswer {
  const named = labels.map((name, i) => [name, probabilities[i] as number])
  return {
    ...headOf(answered),
    label,
    confidence,
    rejected,
    probabilities: Object.fromEntries(named),
    ...(unknownCategories && { unknown_categories: [...unknownCategories] }),
  }
}

/** What is answered to a line that cannot be predicted. */
export function toRefusalJson(answered: Answered, code: string, message: string): InferAnswer {
  return { ...headOf(answered), error: { code, message } }
}

function headOf({ line, served: { modelId, revision } }: Answered) {
  return { line, model_id: modelId, revision: revision ?? null }
}
