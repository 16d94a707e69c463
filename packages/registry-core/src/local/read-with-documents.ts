import type { LocalBundle } from '../format/bundle.js'
import type { BundleSource } from '../format/bundle-source.js'
import type { BundleManifest } from '../format/manifest.js'
import { readWithManifest } from '../format/read-bundle-from.js'
import { DirectorySource } from './directory-source.js'
import { localBundle } from './local-bundle.js'
import { locateBundle, type ReadBundleOptions } from './read-bundle.js'
import { sha256 } from './sha256.js'

/** A bundle as it was read, and the bytes that its documents were parsed from. */
export interface BundleReading {
  bundle: LocalBundle
  /** Its manifest, whatever else is wrong with it. */
  manifest: BundleManifest | undefined
  /** By name; absent are those that it does not have, and those that could not be read. */
  documents: ReadonlyMap<string, Uint8Array>
  /** The real directory that links in it must end inside; undefined where no bundle can be. */
  root: string | undefined
}

/**
 * `readBundle`, with what is needed to hash the documents without opening them again: what was parsed is what is hashed. Never throws for
 * what it finds.
 *
 * @example
 * ```ts
 * const { bundle, documents } = readWithDocuments('candidate', { promoted: false })
 * if (bundle.status === 'valid') console.log(documents.get('metrics.json')?.length)
 * ```
 */
export function readWithDocuments(dir: string, options: ReadBundleOptions = {}): BundleReading {
  const located = locateBundle(dir, options)
  if (!located.ok)
    return { bundle: located.bundle, manifest: undefined, documents: new Map(), root: undefined }
  const { root, dir: path, modelId, promoted } = located.place
  const documents = new Map<string, Uint8Array>()
  const source = keepRead(new DirectorySource(root, path), documents)
  const { bundle, manifest } = readWithManifest(source, { modelId, promoted, location: path }, sha256)
  return { bundle: localBundle(bundle, path), manifest, documents, root }
}

/** The source, with a copy of each document that it reads: its own bytes last until the next. */
function keepRead(source: BundleSource, documents: Map<string, Uint8Array>): BundleSource {
  return {
    list: () => source.list(),
    read(name) {
      const read = source.read(name)
      if (read.ok) documents.set(name, new Uint8Array(read.value))
      return read
    },
    open: (name) => source.open(name),
    sizeOf: (name) => source.sizeOf(name),
    isGone: () => source.isGone(),
  }
}
