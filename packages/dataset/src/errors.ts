/** What can go wrong with a file of rows: every code a `DatasetError` may carry. */
export const DATASET_ERROR_CODES = [
  'unknown_format',
  'invalid_delimiter',
  'unreadable',
  'not_utf8',
  'nul_byte',
  'missing_header',
  'duplicate_column',
  'invalid_column_name',
  'ragged_row',
  'unclosed_quote',
  'misplaced_quote',
  'row_too_long',
  'malformed_json',
  'not_an_object',
  'nested_value',
  'not_a_file',
  'write_failed',
  'durability_unknown',
  'writer_closed',
] as const

/** One of {@link DATASET_ERROR_CODES}. */
export type DatasetErrorCode = (typeof DATASET_ERROR_CODES)[number]

/** Where a `DatasetError` happened: the file, when there is one, and the line, counted from 1. */
export interface DatasetErrorPlace {
  path?: string | undefined
  line?: number | undefined
  cause?: unknown
}

/** Rows that could not be read or written: `code` says how, `path` and `line` where, `cause` is what was thrown below. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError'
  readonly code: DatasetErrorCode
  readonly path: string | undefined
  readonly line: number | undefined

  constructor(code: DatasetErrorCode, message: string, place: DatasetErrorPlace = {}) {
    const where = [place.path, place.line === undefined ? undefined : `line ${place.line}`]
      .filter(Boolean)
      .join(', ')
    super(
      where === '' ? message : `${where}: ${message}`,
      place.cause === undefined ? undefined : { cause: place.cause },
    )
    this.code = code
    this.path = place.path
    this.line = place.line
  }
}

/** The sentence a person needs of any thrown thing. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
