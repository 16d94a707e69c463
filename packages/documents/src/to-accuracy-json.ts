import type { RegressionFigures, TallyAccuracy } from '@taskclf/predictor'
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

/** How far off a regressor was, of the rows that have a true value. */
export function toRegressionJson(
  label_column: string,
  { rows, rmse, mae, r2 }: RegressionFigures,
): InferBatch['regression'] {
  return { label_column, rows, rmse: rmse ?? null, mae: mae ?? null, r2: r2 ?? null }
}
