/** Every code a {@link RegistryError} can carry: what stopped a call, as opposed to what is wrong with one bundle. */
export const REGISTRY_ERROR_CODES = [
  'models_dir_missing',
  'models_dir_not_a_directory',
  'models_dir_unreadable',
  'invalid_model_id',
  'bundle_unreadable',
  'integrity_mismatch',
  'load_failed',
  'load_timed_out',
  'self_test_failed',
  'not_checked',
  'io',
  'feature_schema_unreadable',
  'feature_schema_invalid',
  'not_canonical',
] as const

/** One of {@link REGISTRY_ERROR_CODES}. */
export type RegistryErrorCode = (typeof REGISTRY_ERROR_CODES)[number]

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
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  /** What went wrong, from a closed union. */
  readonly code: RegistryErrorCode
  /** The file or directory concerned; the key path for `not_canonical`, the id for `invalid_model_id`. */
  readonly path: string

  constructor(code: RegistryErrorCode, path: string, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.path = path
  }
}
