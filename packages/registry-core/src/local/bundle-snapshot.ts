import type { LocalBundle } from '../format/bundle.js'

/** A bundle, and the line that may stand for it in an index. */
export interface BundleSnapshot {
  bundle: LocalBundle
  /** Undefined for a bundle that must be read each time: it changed just now, or its files are not plain. */
  line: string | undefined
}
