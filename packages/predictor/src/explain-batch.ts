import { messageOf } from '@taskclf/errors'
import { PredictorError } from './errors.js'
import { type Explanation, toExplanation } from './explanation.js'
import type { PredictionBatch, Predictor } from './predictor.js'
import type { FeatureRow } from './row-encoder.js'
import type { Runtime } from './runtime.js'

/** Whose answers are explained. */
interface ExplainedModel extends Pick<Predictor, 'modelId' | 'artifact' | 'task' | 'outputs' | 'columns'> {
  runtime: Runtime
}

/** Rows that were answered, and the numbers that the model saw. */
interface AnsweredRows {
  rows: readonly FeatureRow[]
  input: Float64Array
  batch: PredictionBatch
  cellOf: (row: FeatureRow, column: number) => unknown
}

/** @throws PredictorError `invalid_explain` for what is not a number of columns. */
export function checkMost(most: number): void {
  if (Number.isSafeInteger(most) && most >= 1) return
  throw new PredictorError('invalid_explain', `explain is ${most}; give a whole number from 1 on`)
}

/**
 * Explains each answer of a batch.
 *
 * @throws PredictorError `not_explainable`, `bad_output`.
 */
export async function explainBatch(
  model: ExplainedModel,
  { rows, input, batch, cellOf }: AnsweredRows,
  most: number,
): Promise<Explanation[]> {
  const { runtime, outputs, columns } = model
  const all = await contributionsOf(model, input, rows.length)
  const { numOutputs } = runtime
  const width = columns.length + 1
  return rows.map((row, r) => {
    const best = explainedOutput(model, batch, r)
    const isSingle = numOutputs === 1 && outputs.length === 2
    const at = (r * numOutputs + (isSingle ? 0 : best)) * width
    return toExplanation(
      {
        of: outputs[best] as string,
        contributions: all.subarray(at, at + width),
        // One output is the score of the second label.
        sign: isSingle && best === 0 ? -1 : 1,
        columns,
        cellOf: (column) => cellOf(row, column),
      },
      most,
    )
  })
}

/** The place in `outputs` of what is explained. */
function explainedOutput({ task, outputs }: ExplainedModel, batch: PredictionBatch, r: number): number {
  if (task === 'classification') return batch.best[r] as number
  const own = batch.outputs.subarray(r * outputs.length, (r + 1) * outputs.length)
  return own.reduce((top, output, i) => (output > (own[top] as number) ? i : top), 0)
}

async function contributionsOf(
  { modelId, artifact, columns, runtime }: ExplainedModel,
  input: Float64Array,
  count: number,
): Promise<Float64Array> {
  if (runtime.explainRows === undefined) {
    const message = `${modelId}: the runtime of ${artifact} has no contributions; ask without an explanation`
    throw new PredictorError('not_explainable', message)
  }
  let all: Float64Array
  try {
    all = await runtime.explainRows(input, count)
  } catch (cause) {
    const message = `${modelId}: ${artifact} cannot explain: ${messageOf(cause)}`
    throw new PredictorError('not_explainable', message, { cause })
  }
  const expected = count * runtime.numOutputs * (columns.length + 1)
  if (all.length === expected && all.every(Number.isFinite)) return all
  const message = `${modelId}: ${artifact} explained ${count} rows by ${all.length} numbers; ${expected} finite ones are needed`
  throw new PredictorError('bad_output', message)
}
