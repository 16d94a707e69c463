/** What can go wrong in loading a bundle and predicting with it: every code a `PredictorError` may carry. */
export const PREDICTOR_ERROR_CODES = [
  'no_loader',
  'integrity_mismatch',
  'io',
  'load_failed',
  'not_a_classifier',
  'encoders_invalid',
  'labels_missing',
  'outputs_contradict_labels',
  'invalid_threshold',
  'missing_columns',
  'bad_row',
  'bad_value',
  'bad_output',
  'predict_failed',
  'self_test_invalid',
  'self_test_failed',
  'self_test_not_made',
  'disposed',
] as const

/** One of {@link PREDICTOR_ERROR_CODES}. */
export type PredictorErrorCode = (typeof PREDICTOR_ERROR_CODES)[number]

/** Where a `PredictorError` happened, and what a program may want to know of it. */
export interface PredictorErrorPlace {
  /** Place of the row among those given, from 0. */
  row?: number
  /** The columns at fault. */
  columns?: readonly string[]
  details?: Readonly<Record<string, unknown>>
  cause?: unknown
}

/** Errors that whoever gave the rows can mend. */
const OF_THE_ROWS: readonly PredictorErrorCode[] = ['missing_columns', 'bad_row', 'bad_value']

/** A bundle that cannot be made to predict, or a row that cannot be predicted: `row` and `columns` say where. */
export class PredictorError extends Error {
  override readonly name = 'PredictorError'
  readonly code: PredictorErrorCode
  /** The message without the place of the row, for a caller that knows a better name of it. */
  readonly reason: string
  /** Place of the row among those given, from 0; undefined when the error is not about a row. */
  readonly row: number | undefined
  readonly columns: readonly string[]
  readonly details: Readonly<Record<string, unknown>>
  /** For a service: 400 when the rows are at fault, 500 when the model or its bundle is. */
  readonly statusCode: 400 | 500

  constructor(code: PredictorErrorCode, reason: string, place: PredictorErrorPlace = {}) {
    const message = place.row === undefined ? reason : `row ${place.row}: ${reason}`
    super(message, place.cause === undefined ? undefined : { cause: place.cause })
    this.code = code
    this.reason = reason
    this.row = place.row
    this.columns = place.columns ?? []
    this.details = place.details ?? {}
    this.statusCode = OF_THE_ROWS.includes(code) ? 400 : 500
  }
}

/** The sentence a person needs of any thrown thing. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
