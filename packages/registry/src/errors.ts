/** Why something that was asked of a registry was refused: every code a `RegistryUseError` may carry. */
export const REGISTRY_USE_ERROR_CODES = [
  'unknown_model',
  'invalid_bundle',
  'incompatible',
  'metric_absent',
  'gate_failed',
] as const

/** One of {@link REGISTRY_USE_ERROR_CODES}. */
export type RegistryUseErrorCode = (typeof REGISTRY_USE_ERROR_CODES)[number]

/** A request that was refused; nothing was changed. */
export class RegistryUseError extends Error {
  override readonly name = 'RegistryUseError'
  readonly code: RegistryUseErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: RegistryUseErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
