import type { Prediction, PredictionBatch, Predictor } from './predictor.js'
import type { UnknownCells } from './row-encoder.js'

/** A batch row by row, each with the columns whose text no vocabulary has. */
export function toPredictions(
  { count, best, confidence, rejected, probabilities }: PredictionBatch,
  { labels, rejectLabel }: Pick<Predictor, 'labels' | 'rejectLabel'>,
  unknown: readonly UnknownCells[],
): Prediction[] {
  const width = labels.length
  const predictions = Array.from(
    { length: count },
    (_, r): Prediction => ({
      label: rejected[r] ? rejectLabel : (labels[best[r] as number] as string),
      confidence: confidence[r] as number,
      probabilities: Array.from(probabilities.subarray(r * width, (r + 1) * width)),
      rejected: rejected[r] === 1,
    }),
  )
  for (const { column, places } of unknown) {
    for (const r of places) {
      const prediction = predictions[r] as Prediction
      prediction.unknownCategories = [...(prediction.unknownCategories ?? []), column]
    }
  }
  return predictions
}
