import type { JsonLine } from '@taskclf/dataset'
import type { ModelReloader, ServedModel } from '@taskclf/infer-resolver'
import { type FeatureRow, type Predictor, PredictorError } from '@taskclf/predictor'
import type { InferAnswer } from '../../../documents/infer-online.js'

/** The answer to one line: a prediction, or an error in its place. What is no fault of the line is thrown. */
export function answer(reloader: ModelReloader<Predictor>, item: JsonLine): Promise<InferAnswer> {
  const { line } = item
  return reloader.use(async (predictor, served) => {
    if (!item.ok) return refuse(line, served, item.error.code, item.error.message)
    try {
      // What is no row is refused by the predictor.
      const [prediction] = await predictor.predict([item.value as FeatureRow])
      if (prediction === undefined) throw new Error('a row without a prediction')
      const { label, confidence, rejected, probabilities, unknownCategories } = prediction
      const named = predictor.labels.map((name, i) => [name, probabilities[i] as number])
      return {
        ...head(line, served),
        label,
        confidence,
        rejected,
        probabilities: Object.fromEntries(named),
        ...(unknownCategories && { unknown_categories: [...unknownCategories] }),
      }
    } catch (error) {
      if (!(error instanceof PredictorError)) throw error
      return refuse(line, served, error.code, error.reason)
    }
  })
}

function head(line: number, { modelId, revision }: ServedModel) {
  return { line, model_id: modelId, revision: revision ?? null }
}

function refuse(line: number, served: ServedModel, code: string, message: string): InferAnswer {
  return { ...head(line, served), error: { code, message } }
}
