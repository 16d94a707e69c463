import { codesOf, TaskclfError } from '@taskclf/errors'
import { ACTIVE_POINTER_ERRORS } from './error-table.js'

/** One of the codes of {@link ACTIVE_POINTER_ERRORS}. */
export type ActivePointerErrorCode = keyof typeof ACTIVE_POINTER_ERRORS

/** The codes of {@link ACTIVE_POINTER_ERRORS}, in its order. */
export const ACTIVE_POINTER_ERROR_CODES: readonly ActivePointerErrorCode[] =
  /* @__PURE__ */ codesOf(ACTIVE_POINTER_ERRORS)

/** A switch that did not happen, or (`durability_unknown`) did without the last certainty. */
export class ActivePointerError extends TaskclfError {
  override readonly name = 'ActivePointerError'
  declare readonly code: ActivePointerErrorCode

  constructor(
    code: ActivePointerErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(ACTIVE_POINTER_ERRORS, code, message, { details, cause })
  }
}
