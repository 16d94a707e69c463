/** What can go wrong in switching: every code an `ActivePointerError` may carry. */
export const ACTIVE_POINTER_ERROR_CODES = [
  'conflict',
  'lock_timeout',
  'lock_foreign_owner',
  'overtaken',
  'pointer_is_a_link',
  'durability_unknown',
  'no_active_pointer',
  'nothing_to_roll_back_to',
  'unknown_revision',
  'target_not_usable',
  'bundle_not_promoted',
  'invalid_pointer',
  'io',
] as const

/** One of {@link ACTIVE_POINTER_ERROR_CODES}. */
export type ActivePointerErrorCode = (typeof ACTIVE_POINTER_ERROR_CODES)[number]

/** A switch that did not happen, or (`durability_unknown`) did without the last certainty. */
export class ActivePointerError extends Error {
  override readonly name = 'ActivePointerError'
  readonly code: ActivePointerErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ActivePointerErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}
