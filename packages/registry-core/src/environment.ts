import { errnoOf } from '@taskclf/durable-fs'
import type { Bundle } from './bundle.js'
import { RegistryError } from './errors.js'
import type { Problem } from './problems.js'

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

/**
 * The first problem of a bundle that is the environment's and not the content's: nothing can be said about the bundle then.
 *
 * @example
 * ```ts
 * const failure = environmentProblem(await readBundle('models/run-1'))
 * if (failure) throw new Error(`the state of run-1 is unknown: ${failure.errno}`)
 * ```
 */
export function environmentProblem(bundle: Bundle): Problem | undefined {
  return bundle.status === 'invalid' ? bundle.problems.find(({ errno }) => errno !== undefined) : undefined
}

/** The error of an environment that failed: nothing was decided on it. */
export function ioError(path: string, what: string, errno: string, cause?: unknown): RegistryError {
  const message = `${what} (${errno}), so nothing was decided; look at the system, then try again`
  return new RegistryError('io', path, message, cause === undefined ? undefined : { cause })
}
