/** Every reason `@taskclf/lightgbm` has to refuse a file, a row or an output array. */
export const LIGHTGBM_ERROR_CODES = [
  'not_utf8',
  'too_large',
  'crlf',
  'bad_header',
  'lfs_pointer',
  'empty_forest',
  'unexpected_line',
  'missing_field',
  'duplicate_field',
  'bad_number',
  'bad_count',
  'index_out_of_range',
  'bad_tree_structure',
  'bad_tree_order',
  'tree_size_mismatch',
  'score_overflow',
  'truncated',
  'unsupported_version',
  'unsupported_objective',
  'malformed_json',
  'bad_row',
  'bad_output',
] as const

/** One of {@link LIGHTGBM_ERROR_CODES}. */
export type LightgbmErrorCode = (typeof LIGHTGBM_ERROR_CODES)[number]

/** Where in the file an error lies. */
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
export class LightgbmError extends Error {
  override readonly name = 'LightgbmError'
  readonly code: LightgbmErrorCode
  /** 1-based line of the model file; undefined for `bad_row`, `bad_output` and `too_large`. */
  readonly line: number | undefined
  /** The field at fault, e.g. `left_child`. */
  readonly field: string | undefined

  constructor(
    code: LightgbmErrorCode,
    message: string,
    at: FileLocation & { readonly cause?: unknown } = {},
  ) {
    super(describe(message, at), at.cause === undefined ? undefined : { cause: at.cause })
    this.code = code
    this.line = at.line
    this.field = at.field
  }
}

/** An error as data, to be posted between threads. */
export type Refusal = Pick<LightgbmError, 'code' | 'message' | 'line' | 'field'>

/** The error again; its message says the place already. */
export function revive({ code, message, line, field }: Refusal): LightgbmError {
  return Object.assign(new LightgbmError(code, message), { line, field })
}

function describe(message: string, { line, field }: FileLocation): string {
  const place = [line === undefined ? '' : `line ${line}`, field === undefined ? '' : field].filter(Boolean)
  return place.length === 0 ? message : `model.txt ${place.join(', ')}: ${message}`
}
