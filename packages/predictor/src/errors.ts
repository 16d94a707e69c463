import { codesOf, TaskclfError, type TaskclfErrorOptions } from '@taskclf/errors'
import { PREDICTOR_ERRORS } from './error-table.js'

/** One of the codes of {@link PREDICTOR_ERRORS}. */
export type PredictorErrorCode = keyof typeof PREDICTOR_ERRORS

/** The codes of {@link PREDICTOR_ERRORS}, in its order. */
export const PREDICTOR_ERROR_CODES: readonly PredictorErrorCode[] = /* @__PURE__ */ codesOf(PREDICTOR_ERRORS)

/** Where a `PredictorError` happened, and what a program may want to know of it. */
export interface PredictorErrorPlace extends TaskclfErrorOptions {
  /** Place of the row among those given, from 0. */
  row?: number
  /** The columns at fault. */
  columns?: readonly string[]
}

/** Errors that the giver of the rows can correct. */
const OF_THE_ROWS: readonly PredictorErrorCode[] = ['missing_columns', 'bad_row', 'bad_value']

/** A bundle that cannot be made to predict, or a row that cannot be predicted: `row` and `columns` say where. */
export class PredictorError extends TaskclfError {
  override readonly name = 'PredictorError'
  declare readonly code: PredictorErrorCode
  /** The message without the place of the row, for a caller that knows a better name of it. */
  readonly reason: string
  /** Place of the row among those given, from 0; undefined when the error is not about a row. */
  readonly row: number | undefined
  readonly columns: readonly string[]
  /** For a service: 400 when the rows are at fault, 500 when the model or its bundle is. */
  readonly statusCode: 400 | 500

  constructor(code: PredictorErrorCode, reason: string, place: PredictorErrorPlace = {}) {
    const message = place.row === undefined ? reason : `row ${place.row}: ${reason}`
    super(PREDICTOR_ERRORS, code, message, place)
    this.reason = reason
    this.row = place.row
    this.columns = place.columns ?? []
    this.statusCode = OF_THE_ROWS.includes(code) ? 400 : 500
  }
}
