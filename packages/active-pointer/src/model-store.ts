import type { FileSystem } from '@taskclf/durable-fs'
import type { BundleReader, ModelsDirLike, ModelsDirLook } from '@taskclf/registry-core'
import type { PointerStore } from './format/pointer-store.js'

/** Where a registry's bundles and its pointer are kept: a models dir, memory, or another store. */
export interface ModelStore {
  /** For people; never opened. */
  readonly location: string
  /** The store as it is at this moment. One operation looks once, and reads and writes what it found throughout. */
  look(): StoreLook
  /** Hints that something may have changed, where the store has any: they make a watch quick, polling makes it sure. */
  hints(onHint: () => void): StoreHints
}

/** A source of hints, until it is closed. */
export interface StoreHints {
  /** To be called before each look: the place to watch may be another by now. Never throws. */
  refresh(): void
  close(): void
}

/** A store as it was found. */
export interface StoreLook {
  /** Where to look again. */
  readonly store: ModelStore
  /** Where it is, for people: the real path of a models dir. */
  readonly location: string
  readonly bundles: BundleReader
  readonly pointer: PointerStore
  /** The paths of a store on this machine; absent for any other. */
  readonly local?: LocalPlace
}

/** Where a store is on this machine. */
export interface LocalPlace {
  readonly dir: ModelsDirLook
  /** The file operations of writers. */
  readonly fileSystem: FileSystem
}

/** A store as callers give it: a models dir in any form, a store, or what its `look()` returned. */
export type StoreLike = ModelsDirLike | ModelStore | StoreLook
