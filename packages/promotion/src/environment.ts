import { ActivePointerError } from '@taskclf/active-pointer'
import { type Bundle, environmentProblem, RegistryError } from '@taskclf/registry-core'
import { PromotionError } from './errors.js'

/**
 * Refuses a bundle that could not be read for a reason of the environment: nobody knows what it holds, so that nothing is
 * decided about it.
 *
 * @throws PromotionError `io`.
 */
export function requireKnown(bundle: Bundle, what: string): void {
  const failure = environmentProblem(bundle)
  if (failure === undefined) return
  const details = { modelId: bundle.modelId, path: bundle.location, errno: failure.errno }
  const message = `${what} cannot be read (${failure.message}), so nothing was decided; look at the system, then try again`
  throw new PromotionError('io', message, { details })
}

/** A failure of the environment that another package met, as an error of this one; anything else as it is. */
export function asIoError(error: unknown): unknown {
  const isFailure = error instanceof RegistryError || error instanceof ActivePointerError
  if (!isFailure || error.code !== 'io') return error
  const details = error instanceof ActivePointerError ? error.details : { path: error.path }
  return new PromotionError('io', error.message, { cause: error, details })
}

/** What {@link work} answers; a failure of the environment in it is an error of this package. */
export async function withIoErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asIoError(error)
  }
}
