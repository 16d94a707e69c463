import { constants } from 'node:os'

/** What can go wrong below: every code a `DurableFsError` may carry. */
export const DURABLE_FS_ERROR_CODES = [
  'read_failed',
  'write_failed',
  'target_is_a_link',
  'append_failed',
  'durability_unknown',
  'lock_failed',
  'lock_timeout',
  'lock_foreign_owner',
] as const

/** One of {@link DURABLE_FS_ERROR_CODES}. */
export type DurableFsErrorCode = (typeof DURABLE_FS_ERROR_CODES)[number]

/** A file operation that failed: `code` says how, `path` where, `cause` is the system's own error. */
export class DurableFsError extends Error {
  override readonly name = 'DurableFsError'
  readonly code: DurableFsErrorCode
  readonly path: string

  constructor(code: DurableFsErrorCode, path: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.path = path
  }
}

/**
 * The system's error code (`ENOENT`, …) of anything thrown, or undefined.
 *
 * @example
 * ```ts
 * try { await fileSystem.rmdir(path) } catch (error) { if (errnoOf(error) !== 'ENOENT') throw error }
 * ```
 */
export function errnoOf(error: unknown): string | undefined {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown }
  if (typeof code !== 'string') return undefined
  return code.startsWith(UNNAMED) && typeof errno === 'number' ? (nameOf(errno) ?? code) : code
}

/** What libuv says of errors that it has no name for, ESTALE and EDQUOT among them. */
const UNNAMED = 'Unknown system error'

function nameOf(errno: number): string | undefined {
  return Object.entries(constants.errno).find(([, number]) => number === -errno)?.[0]
}

/** The sentence a person needs of any thrown thing. */
export function messageOf(error: unknown): string {
  return String((error as Error | undefined)?.message ?? error)
}
