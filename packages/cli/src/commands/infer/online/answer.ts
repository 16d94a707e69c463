import type { JsonLine } from '@taskclf/dataset'
import { type InferAnswer, toAnswerJson, toRefusalJson } from '@taskclf/documents'
import type { ModelReloader } from '@taskclf/infer-resolver'
import { type FeatureRow, type Predictor, PredictorError } from '@taskclf/predictor'

/** The answer to one line: a prediction, or an error in its place. What is not a fault of the line is thrown. */
export function answer(
  reloader: ModelReloader<Predictor>,
  item: JsonLine,
  explain: number | undefined,
): Promise<InferAnswer> {
  return reloader.use(async (predictor, served) => {
    const answered = { line: item.line, served }
    if (!item.ok) return toRefusalJson(answered, item.error.code, item.error.message)
    try {
      // What is not a row is refused by the predictor.
      const [prediction] = await predictor.predict(
        [item.value as FeatureRow],
        explain === undefined ? {} : { explain },
      )
      if (prediction === undefined) throw new Error('a row without a prediction')
      return toAnswerJson(answered, predictor, prediction)
    } catch (error) {
      if (!(error instanceof PredictorError)) throw error
      return toRefusalJson(answered, error.code, error.reason)
    }
  })
}
