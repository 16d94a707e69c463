import { PredictorError } from './errors.js'
import type { FeatureRow } from './row-encoder.js'

/** A row of a table, and the line of it where the row begins. */
export interface TableRow {
  line: number
  values: Readonly<Record<string, unknown>> & FeatureRow
}

/**
 * An error about one of these rows with its line in the table for a place; any other as it is.
 *
 * @param table what the table is called, such as its file
 * @example
 * ```ts
 * try {
 *   await predictor.predict(rows.map(({ values }) => values))
 * } catch (error) {
 *   throw atLine(error, rows, 'windows.csv') // windows.csv, line 7: column cpu holds "n/a", which is no number
 * }
 * ```
 */
export function atLine(error: unknown, rows: readonly TableRow[], table: string): unknown {
  if (!(error instanceof PredictorError) || error.row === undefined) return error
  const { code, reason, columns, details, row } = error
  const line = rows[row]?.line
  return new PredictorError(code, `${table}, line ${line}: ${reason}`, {
    columns,
    details: { ...details, path: table, line, columns },
    cause: error,
  })
}
