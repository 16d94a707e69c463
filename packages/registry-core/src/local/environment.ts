import { errnoOf } from '@taskclf/durable-fs'

/** What a failed system call says about the files themselves: they are not there, or are something else. */
const OF_CONTENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENAMETOOLONG', 'ENXIO', 'ENODEV'])

/**
 * The errno of a failure that says nothing about the content (disk, network, limits, permissions), the error's own or that of what
 * caused it; undefined for every other.
 *
 * @example
 * ```ts
 * if (environmentErrno(error) !== undefined) throw error // a model is not broken because the disk is
 * ```
 */
export function environmentErrno(error: unknown): string | undefined {
  const errno = errnoOf(error)
  if (errno !== undefined && isErrno(errno)) return OF_CONTENT.has(errno) ? undefined : errno
  const cause = (error as { cause?: unknown } | null | undefined)?.cause
  return cause === undefined ? undefined : environmentErrno(cause)
}

/** Node's own codes have an underscore; libuv's sentence stands for an errno without a name. */
const isErrno = (code: string): boolean =>
  /^E[A-Z0-9]+$/.test(code) || code.startsWith('Unknown system error')

/** `errno` for a problem of a failed system call, where the environment failed. */
export function errnoPart(error: unknown): { errno?: string } {
  const errno = environmentErrno(error)
  return errno === undefined ? {} : { errno }
}
