import type { LocalBundle } from '../format/bundle.js'
import type { BundleManifest } from '../format/manifest.js'
import { readBundleFrom, readWithManifest } from '../format/read-bundle-from.js'
import { DirectorySource } from './directory-source.js'
import { localBundle } from './local-bundle.js'
import { sha256 } from './sha256.js'

/** Where a bundle is: `dir` is its real path, links in it must end inside `root`. */
export interface LocalPlace {
  root: string
  dir: string
  modelId: string
  promoted: boolean
}

/** Reads the bundle in a real directory. */
export function readBundleIn(place: LocalPlace): LocalBundle {
  const { root, dir, modelId, promoted } = place
  const source = new DirectorySource(root, dir)
  return localBundle(readBundleFrom(source, { modelId, promoted, location: dir }, sha256), dir)
}

/** {@link readBundleIn}, and the bundle's manifest whatever else is wrong with it. */
export function readWithManifestIn(place: LocalPlace): {
  bundle: LocalBundle
  manifest: BundleManifest | undefined
} {
  const { root, dir, modelId, promoted } = place
  const source = new DirectorySource(root, dir)
  const { bundle, manifest } = readWithManifest(source, { modelId, promoted, location: dir }, sha256)
  return { bundle: localBundle(bundle, dir), manifest }
}
