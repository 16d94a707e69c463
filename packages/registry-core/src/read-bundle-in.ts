import type { BundlePlace } from './assemble-bundle.js'
import type { LocalBundle } from './bundle.js'
import { readBundleAt } from './read-bundle-at.js'
import { readValidBundle } from './read-valid-bundle.js'

/** Reads the bundle in a real directory: the quick way when it is in order, else the way that explains. */
export function readBundleIn(place: BundlePlace): LocalBundle {
  return readValidBundle(place) ?? readBundleAt(place)
}
