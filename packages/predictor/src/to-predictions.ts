import type { Prediction, PredictionBatch, Predictor } from './predictor.js'
import type { UnknownCells } from './row-encoder.js'

/** A batch row by row, each with the columns whose text no vocabulary has. */
export function toPredictions(
  batch: PredictionBatch,
  predictor: Pick<Predictor, 'task' | 'outputs' | 'rejectLabel'>,
  unknown: readonly UnknownCells[],
): Prediction[] {
  const predictions = Array.from({ length: batch.count }, (_, r) => toPrediction(batch, predictor, r))
  for (const { column, places } of unknown) {
    for (const r of places) {
      const prediction = predictions[r] as Prediction
      prediction.unknownCategories = [...(prediction.unknownCategories ?? []), column]
    }
  }
  return predictions
}

function toPrediction(
  { best, confidence, rejected, outputs }: PredictionBatch,
  { task, outputs: names, rejectLabel }: Pick<Predictor, 'task' | 'outputs' | 'rejectLabel'>,
  r: number,
): Prediction {
  const width = names.length
  if (task === 'regression') return { value: outputs[r] as number }
  const own = Array.from(outputs.subarray(r * width, (r + 1) * width))
  if (task === 'scores') return { scores: own }
  return {
    label: rejected[r] ? rejectLabel : (names[best[r] as number] as string),
    confidence: confidence[r] as number,
    probabilities: own,
    rejected: rejected[r] === 1,
  }
}
