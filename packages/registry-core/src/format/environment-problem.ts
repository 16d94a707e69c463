import { RegistryError } from '../errors.js'
import type { Bundle } from './bundle.js'
import type { Problem } from './problems.js'

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
