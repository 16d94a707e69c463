import type { TallyAccuracy } from '@taskclf/predictor'
import type { InferBatch } from './infer-batch.js'

/** How right the predictions were that have a true label. */
export function toAccuracyJson(label_column: string, found: TallyAccuracy): InferBatch['accuracy'] {
  const { rows, correct, confusion } = found
  const { trueLabels, predictedLabels, matrix } = confusion
  return {
    label_column,
    rows,
    correct,
    accuracy: found.accuracy ?? null,
    accepted_rows: found.acceptedRows,
    accepted_accuracy: found.acceptedAccuracy ?? null,
    confusion: { true_labels: trueLabels, predicted_labels: predictedLabels, matrix },
  }
}
