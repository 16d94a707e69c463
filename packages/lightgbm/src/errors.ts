import { codesOf, TaskclfError } from '@taskclf/errors'
import { LIGHTGBM_ERRORS } from './error-table.js'

/** One of the codes of {@link LIGHTGBM_ERRORS}. */
export type LightgbmErrorCode = keyof typeof LIGHTGBM_ERRORS

/** The codes of {@link LIGHTGBM_ERRORS}, in its order. */
export const LIGHTGBM_ERROR_CODES: readonly LightgbmErrorCode[] = /* @__PURE__ */ codesOf(LIGHTGBM_ERRORS)

/** Where in the file an error is. */
export interface FileLocation {
  /** 1-based line number. */
  readonly line?: number | undefined
  /** The key before `=`, or the words that mark the line (`Tree=3`, `end of trees`). */
  readonly field?: string | undefined
}

/**
 * The only error this package throws: a model file that cannot be trusted, or a row or output array of the wrong length.
 *
 * @example
 * ```ts
 * try {
 *   parseModel(bytes)
 * } catch (error) {
 *   if (error instanceof LightgbmError && error.code === 'truncated') console.error(`cut off at line ${error.line}`)
 *   else throw error
 * }
 * ```
 */
export class LightgbmError extends TaskclfError {
  override readonly name = 'LightgbmError'
  declare readonly code: LightgbmErrorCode
  /** 1-based line of the model file; undefined for `bad_row`, `bad_output` and `too_large`. */
  readonly line: number | undefined
  /** The field at fault, e.g. `left_child`. */
  readonly field: string | undefined

  constructor(
    code: LightgbmErrorCode,
    message: string,
    at: FileLocation & { readonly cause?: unknown } = {},
  ) {
    const { line, field, cause } = at
    super(LIGHTGBM_ERRORS, code, describe(message, at), { details: placeOf(at), cause })
    this.line = line
    this.field = field
  }
}

/** An error as data, to be posted between threads. */
export type Refusal = Pick<LightgbmError, 'code' | 'message' | 'line' | 'field'>

/** The error again; its message says the place already. */
export function revive({ code, message, line, field }: Refusal): LightgbmError {
  return Object.assign(new LightgbmError(code, message), { line, field, details: placeOf({ line, field }) })
}

function placeOf({ line, field }: FileLocation): Record<string, unknown> {
  return { ...(line !== undefined && { line }), ...(field !== undefined && { field }) }
}

function describe(message: string, { line, field }: FileLocation): string {
  const place = [line === undefined ? '' : `line ${line}`, field === undefined ? '' : field].filter(Boolean)
  return place.length === 0 ? message : `model.txt ${place.join(', ')}: ${message}`
}
