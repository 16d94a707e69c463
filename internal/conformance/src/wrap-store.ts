import type { ModelStore, PointerStore, StoreLook } from '@taskclf/active-pointer'
import type { BundleReader } from '@taskclf/registry-core'

/** What a store does otherwise than the one that it is made of. */
export interface Overlay {
  pointer?: (real: PointerStore) => Partial<PointerStore>
  bundles?: (real: BundleReader) => Partial<BundleReader>
}

/** A store that is another one but for what the overlay says: where tests and planted faults take the way that production takes. */
export function wrapStore<S extends ModelStore>(store: S, { pointer, bundles }: Overlay): S {
  const wrapped = {
    ...store,
    look: (): StoreLook => {
      const look = store.look()
      return {
        ...look,
        store: wrapped,
        ...(pointer && { pointer: { ...look.pointer, ...pointer(look.pointer) } }),
        ...(bundles && { bundles: { ...look.bundles, ...bundles(look.bundles) } }),
      }
    },
  }
  return wrapped
}
