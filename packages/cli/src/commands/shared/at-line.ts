import type { Row } from '@taskclf/dataset'
import { PredictorError } from '@taskclf/predictor'

/** An error about one of `rows` with its line in the input for a place; any other as it is. */
export function atLine(cause: unknown, rows: readonly Row[], input: string): unknown {
  if (!(cause instanceof PredictorError) || cause.row === undefined) return cause
  const { code, reason, columns, details, row } = cause
  const line = rows[row]?.line
  return new PredictorError(code, `${input}, line ${line}: ${reason}`, {
    columns,
    details: { ...details, path: input, line, columns },
    cause,
  })
}
