import { codesOf, TaskclfError } from '@taskclf/errors'
import { REGISTRY_ERRORS } from './error-table.js'

/** One of the codes of {@link REGISTRY_ERRORS}. */
export type RegistryErrorCode = keyof typeof REGISTRY_ERRORS

/** The codes of {@link REGISTRY_ERRORS}, in its order. */
export const REGISTRY_ERROR_CODES: readonly RegistryErrorCode[] = /* @__PURE__ */ codesOf(REGISTRY_ERRORS)

/**
 * A call could not be answered at all. Bad content of one bundle is never this: it is an `InvalidBundle`.
 *
 * @example
 * ```ts
 * try {
 *   await listBundles('no-such-dir')
 * } catch (error) {
 *   if (error instanceof RegistryError) console.error(error.code, error.path)
 * }
 * ```
 */
export class RegistryError extends TaskclfError {
  override readonly name = 'RegistryError'
  /** What went wrong, from a closed union. */
  declare readonly code: RegistryErrorCode
  /** The file or directory concerned; the key path for `not_canonical`, the id for `unusable_name`. */
  readonly path: string

  constructor(
    code: RegistryErrorCode,
    path: string,
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(REGISTRY_ERRORS, code, message, { ...options, details: { path } })
    this.path = path
  }
}
