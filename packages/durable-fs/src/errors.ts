import { constants } from 'node:os'
import { codesOf, TaskclfError } from '@taskclf/errors'
import { DURABLE_FS_ERRORS } from './error-table.js'

/** One of the codes of {@link DURABLE_FS_ERRORS}. */
export type DurableFsErrorCode = keyof typeof DURABLE_FS_ERRORS

/** The codes of {@link DURABLE_FS_ERRORS}, in its order. */
export const DURABLE_FS_ERROR_CODES: readonly DurableFsErrorCode[] =
  /* @__PURE__ */ codesOf(DURABLE_FS_ERRORS)

/** A file operation that failed: `code` says how, `path` where, `cause` is the system's own error. */
export class DurableFsError extends TaskclfError {
  override readonly name = 'DurableFsError'
  declare readonly code: DurableFsErrorCode
  readonly path: string

  constructor(code: DurableFsErrorCode, path: string, message: string, cause?: unknown) {
    super(DURABLE_FS_ERRORS, code, message, { details: { path }, cause })
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
