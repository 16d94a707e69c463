import { codesOf, TaskclfError } from '@taskclf/errors'
import { DATASET_ERRORS } from './error-table.js'

/** One of the codes of {@link DATASET_ERRORS}. */
export type DatasetErrorCode = keyof typeof DATASET_ERRORS

/** The codes of {@link DATASET_ERRORS}, in its order. */
export const DATASET_ERROR_CODES: readonly DatasetErrorCode[] = /* @__PURE__ */ codesOf(DATASET_ERRORS)

/** Where a `DatasetError` happened: the file, when there is one, and the line, counted from 1. */
export interface DatasetErrorPlace {
  path?: string | undefined
  line?: number | undefined
  /** What to do next, where that is more than the table has. */
  hint?: string | undefined
  cause?: unknown
}

/** Rows that could not be read or written: `code` says how, `path` and `line` where, `cause` is what was thrown below. */
export class DatasetError extends TaskclfError {
  override readonly name = 'DatasetError'
  declare readonly code: DatasetErrorCode
  readonly path: string | undefined
  readonly line: number | undefined

  constructor(code: DatasetErrorCode, message: string, place: DatasetErrorPlace = {}) {
    const { path, line, hint, cause } = place
    const where = [path, line === undefined ? undefined : `line ${line}`].filter(Boolean).join(', ')
    const details = { ...(path !== undefined && { path }), ...(line !== undefined && { line }) }
    super(DATASET_ERRORS, code, where === '' ? message : `${where}: ${message}`, { hint, details, cause })
    this.path = path
    this.line = line
  }
}
