import type { RegistryLook, RegistryStore } from '@taskclf/promotion'
import { memoryBundles } from './memory-bundles.js'
import { MemoryFiles } from './memory-files.js'
import { MemoryPointer } from './memory-pointer.js'
import { memoryPublisher } from './memory-publisher.js'

/** The files of a bundle by their paths inside it: bytes, text, or a value that is written as JSON. */
export type MemoryBundle = Readonly<Record<string, Uint8Array | string | object>>

/** A registry in memory, for tests of programs that use one. What it is asked, it answers as a models dir would. */
export interface MemoryStore extends RegistryStore, AsyncDisposable {
  look(): RegistryLook
  /** Puts a bundle there as it is, in place of one that may be there: no gate is asked. */
  put(modelId: string, files: MemoryBundle): void
  remove(modelId: string): void
  /** Puts a pointer there, as another program would; undefined removes it. */
  putPointer(pointer: Uint8Array | string | object | undefined): void
  /** The lines of the history as bytes, without their newlines; they may be replaced. */
  history: readonly Uint8Array[]
  /** Why candidates were rejected, by their ids: JSON. */
  readonly rejected: ReadonlyMap<string, string>
}

/**
 * A registry in memory. Disposing of it removes the copies that loading models made in the system's temporary directory.
 *
 * @example
 * ```ts
 * await using store = memoryStore({ 'run-1': { 'metadata.json': metadata, 'metrics.json': metrics, 'model.txt': model } })
 * const registry = await openRegistry(store)
 * await registry.activate('run-1')
 * ```
 */
export function memoryStore(bundles: Readonly<Record<string, MemoryBundle>> = {}): MemoryStore {
  const files = new MemoryFiles('memory:models')
  const hints = new Set<() => void>()
  const pointer = new MemoryPointer('models', () => {
    for (const hint of hints) hint()
  })
  const rejected = new Map<string, string>()
  const reader = memoryBundles(files)
  const publisher = memoryPublisher(files, rejected)
  const store: MemoryStore = {
    location: files.location,
    rejected,
    look: () => ({ store, location: files.location, bundles: reader, pointer, publisher }),
    hints: (onHint) => {
      hints.add(onHint)
      return { refresh: () => {}, close: () => hints.delete(onHint) }
    },
    put: (modelId, content) =>
      files.put(modelId, new Map(Object.entries(content).map(([name, value]) => [name, toBytes(value)]))),
    remove: (modelId) => files.remove(modelId),
    putPointer: (value) => {
      pointer.pointer = value === undefined ? undefined : toBytes(value)
      pointer.onChange()
    },
    get history() {
      return pointer.lines
    },
    set history(lines) {
      pointer.lines = lines
    },
    [Symbol.asyncDispose]: async () => files.dispose(),
  }
  for (const [modelId, content] of Object.entries(bundles)) store.put(modelId, content)
  return store
}

function toBytes(value: Uint8Array | string | object): Uint8Array {
  // A copy: the caller may write its bytes over.
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
}
