import { codesOf, TaskclfError, type TaskclfErrorOptions } from '@taskclf/errors'
import type { Exclusion, SelectionReport } from '@taskclf/selection-policy'
import { RELOAD_ERRORS, RESOLVE_ERRORS } from './error-table.js'

/** One of the codes of {@link RESOLVE_ERRORS}. */
export type ResolveErrorCode = keyof typeof RESOLVE_ERRORS

/** The codes of {@link RESOLVE_ERRORS}, in its order. */
export const RESOLVE_ERROR_CODES: readonly ResolveErrorCode[] = /* @__PURE__ */ codesOf(RESOLVE_ERRORS)

/** No model can be served. `exclusions` says of every bundle why; `report` holds the numbers. */
export class ResolveError extends TaskclfError {
  override readonly name = 'ResolveError'
  declare readonly code: ResolveErrorCode
  declare readonly report: SelectionReport | undefined

  constructor(
    code: ResolveErrorCode,
    message: string,
    options: TaskclfErrorOptions & { report?: SelectionReport } = {},
  ) {
    super(RESOLVE_ERRORS, code, message, options)
    // Not enumerable: an error that nobody catches is printed with all that is, and a report is hundreds of lines.
    Object.defineProperty(this, 'report', { value: options.report })
  }

  /** Every bundle that was passed over, with its reasons. */
  get exclusions(): readonly Exclusion[] {
    return this.report?.excluded ?? []
  }
}

/** One of the codes of {@link RELOAD_ERRORS}. */
export type ReloadErrorCode = keyof typeof RELOAD_ERRORS

/** The codes of {@link RELOAD_ERRORS}, in its order. */
export const RELOAD_ERROR_CODES: readonly ReloadErrorCode[] = /* @__PURE__ */ codesOf(RELOAD_ERRORS)

/** A model that could not be loaded, or let go. */
export class ReloadError extends TaskclfError {
  override readonly name = 'ReloadError'
  declare readonly code: ReloadErrorCode
  readonly modelId: string | undefined

  constructor(
    code: ReloadErrorCode,
    message: string,
    options: { modelId?: string; hint?: string; cause?: unknown } = {},
  ) {
    const { modelId, hint, cause } = options
    super(RELOAD_ERRORS, code, message, { hint, details: modelId === undefined ? {} : { modelId }, cause })
    this.modelId = modelId
  }
}
