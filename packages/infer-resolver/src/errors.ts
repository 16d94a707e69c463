import type { Exclusion, SelectionReport } from '@taskclf/selection-policy'

/** What can go wrong in resolving: every code a `ResolveError` may carry. */
export const RESOLVE_ERROR_CODES = [
  'no_eligible_model',
  'override_invalid',
  'nothing_to_resolve',
  'active_bundle_missing',
  'pointer_corrupt',
  'bundle_invalid',
  'bundle_incompatible',
  'fallback_ambiguous',
  'repair_refused',
  'io',
] as const

/** One of {@link RESOLVE_ERROR_CODES}. */
export type ResolveErrorCode = (typeof RESOLVE_ERROR_CODES)[number]

/** No model can be served. `exclusions` says of every bundle why; `report` holds the numbers. */
export class ResolveError extends Error {
  override readonly name = 'ResolveError'
  readonly code: ResolveErrorCode
  declare readonly report: SelectionReport | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ResolveErrorCode,
    message: string,
    options: { report?: SelectionReport; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    // Not enumerable: an error that nobody catches is printed with all that is, and a report is hundreds of lines.
    Object.defineProperty(this, 'report', { value: options.report })
    this.details = options.details ?? {}
  }

  /** Every bundle that was passed over, with its reasons. */
  get exclusions(): readonly Exclusion[] {
    return this.report?.excluded ?? []
  }
}

/** What can go wrong in reloading: every code a `ReloadError` may carry. */
export const RELOAD_ERROR_CODES = [
  'pointer_absent',
  'pointer_corrupt',
  'active_bundle_missing',
  'models_dir_unusable',
  'bundle_invalid',
  'bundle_incompatible',
  'integrity_mismatch',
  'changed_while_loading',
  'load_failed',
  'load_timed_out',
  'self_test_failed',
  'io',
  'dispose_failed',
  'close_timed_out',
  'closed',
] as const

/** One of {@link RELOAD_ERROR_CODES}. */
export type ReloadErrorCode = (typeof RELOAD_ERROR_CODES)[number]

/** A model that could not be loaded, or let go. */
export class ReloadError extends Error {
  override readonly name = 'ReloadError'
  readonly code: ReloadErrorCode
  readonly modelId: string | undefined

  constructor(code: ReloadErrorCode, message: string, options: { modelId?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.modelId = options.modelId
  }
}
