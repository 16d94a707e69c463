import { codesOf, TaskclfError } from '@taskclf/errors'
import { REGISTRY_USE_ERRORS } from './error-table.js'

/** One of the codes of {@link REGISTRY_USE_ERRORS}. */
export type RegistryUseErrorCode = keyof typeof REGISTRY_USE_ERRORS

/** The codes of {@link REGISTRY_USE_ERRORS}, in its order. */
export const REGISTRY_USE_ERROR_CODES: readonly RegistryUseErrorCode[] =
  /* @__PURE__ */ codesOf(REGISTRY_USE_ERRORS)

/** A request that was refused; nothing was changed. */
export class RegistryUseError extends TaskclfError {
  override readonly name = 'RegistryUseError'
  declare readonly code: RegistryUseErrorCode

  constructor(code: RegistryUseErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(REGISTRY_USE_ERRORS, code, message, { details })
  }
}
