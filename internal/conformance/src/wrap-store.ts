import type { ModelStore, PointerStore, StoreLook } from '@taskclf/active-pointer'
import type { BundlePublisher } from '@taskclf/promotion'
import type { BundleReader } from '@taskclf/registry-core'

/** What a store does otherwise than the one that it is made of. */
export interface Overlay {
  pointer?: (real: PointerStore) => Partial<PointerStore>
  bundles?: (real: BundleReader) => Partial<BundleReader>
  /** Of a store that publishes. */
  publisher?: (real: BundlePublisher) => Partial<BundlePublisher>
}

/** A store that is another one but for what the overlay says: where tests and planted faults take the way that production takes. */
export function wrapStore<S extends ModelStore>(store: S, { pointer, bundles, publisher }: Overlay): S {
  const wrapped = {
    ...store,
    look: (): StoreLook => {
      const look = store.look()
      return {
        ...look,
        store: wrapped,
        ...(pointer && { pointer: { ...look.pointer, ...pointer(look.pointer) } }),
        ...(bundles && { bundles: { ...look.bundles, ...bundles(look.bundles) } }),
        ...(publisher &&
          'publisher' in look && { publisher: overlaid(look.publisher as BundlePublisher, publisher) }),
      }
    },
  }
  return wrapped
}

function overlaid(real: BundlePublisher, over: NonNullable<Overlay['publisher']>): BundlePublisher {
  return { ...real, ...over(real) }
}
