import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import {
  givenPath,
  localBundles,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
} from '@taskclf/registry-core'
import type { ModelStore, StoreLook } from '../model-store.js'
import { DirectoryEvents } from './directory-events.js'
import { localPointer } from './local-pointer.js'

/** How a models dir is written. */
export interface LocalStoreOptions {
  /** The file operations of writers; tests put faults in here, where production takes the same way. */
  fileSystem?: FileSystem
}

/**
 * A models dir as a store. The path is remembered absolute, and followed again by each look.
 *
 * @example
 * ```ts
 * const store = localStore('models')
 * await writeActiveAtomic(store, bundle, { source: 'manual' })
 * ```
 */
export function localStore(dir: ModelsDirLike, options: LocalStoreOptions = {}): ModelStore {
  const location = givenPath(dir)
  const store: ModelStore = {
    location,
    look: () => localLook(lookAtModelsDir(dir), options, store),
    hints: (onHint) => new DirectoryEvents(location, onHint),
  }
  return store
}

/** A models dir as it was found. */
export function localLook(
  dir: ModelsDirLook,
  options: LocalStoreOptions = {},
  store: ModelStore = localStore(dir.given, options),
): StoreLook {
  const { fileSystem = nodeFileSystem } = options
  return {
    store,
    location: dir.root,
    bundles: localBundles(dir),
    pointer: localPointer(dir, fileSystem),
    local: { dir, fileSystem },
  }
}
