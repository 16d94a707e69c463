import type { Bundle } from './bundle.js'
import { show } from './describe.js'
import { ioError } from './environment-problem.js'

/** One bundle that this user may not read says nothing about the others. */
const OF_ONE_BUNDLE = new Set(['EACCES', 'EPERM'])

/**
 * Refuses a list of bundles on which nothing may be decided: one of them could not be read, for a reason that is neither in
 * the bundle nor in its permissions. A bundle that this user may not read is a problem of that bundle alone.
 *
 * @throws RegistryError `io`, with the path of the bundle.
 * @example
 * ```ts
 * const bundles = await listBundles('models')
 * requireReadable(bundles) // before the best of them is chosen
 * ```
 */
export function requireReadable(bundles: readonly Bundle[]): void {
  for (const bundle of bundles) {
    const problems = bundle.status === 'invalid' ? bundle.problems : []
    const failure = problems.find(({ errno }) => errno !== undefined && !OF_ONE_BUNDLE.has(errno))
    if (failure?.errno === undefined) continue
    throw ioError(bundle.location, `${show(bundle.modelId)} cannot be read`, failure.errno)
  }
}
