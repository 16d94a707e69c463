import type { LocalBundle } from '../format/bundle.js'
import { readBundleFrom } from '../format/read-bundle-from.js'
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
