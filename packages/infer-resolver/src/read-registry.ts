import { type ActiveState, lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { type Bundle, collectBundles, requireReadable } from '@taskclf/registry-core'

/** A registry as it was read: the pointer first, so that a switch from then on makes a swap fail. */
export interface RegistryReading {
  active: ActiveState
  /** Every bundle, valid or not. */
  bundles: readonly Bundle[]
}

/**
 * Reads the pointer, then every bundle.
 *
 * @throws RegistryError when the models dir cannot be opened; `io` when a bundle cannot be read. ActivePointerError `io`.
 * @example
 * ```ts
 * const { active, bundles } = await readRegistry('models')
 * ```
 */
export async function readRegistry(where: StoreLike): Promise<RegistryReading> {
  const { pointer, bundles: reader } = lookAtStore(where)
  const active = await pointer.read()
  const bundles = await collectBundles(reader)
  requireReadable(bundles)
  return { active, bundles }
}
