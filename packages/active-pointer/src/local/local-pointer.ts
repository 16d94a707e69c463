import type { FileSystem } from '@taskclf/durable-fs'
import type { ModelsDirLook } from '@taskclf/registry-core'
import type { PointerStore } from '../format/pointer-store.js'
import { asReadError } from './as-pointer-error.js'
import { readHistoryTail } from './history-tail.js'
import { readActiveFile } from './read-active-file.js'
import { readLines } from './read-bytes.js'

/** The pointer of a models dir: `active.json` and `active_history.jsonl`, written under one lock. */
export function localPointer(dir: ModelsDirLook, fileSystem: FileSystem): PointerStore {
  return {
    read: () => readActiveFile(dir, fileSystem),
    history: async (enough) => {
      try {
        return enough
          ? await readHistoryTail(fileSystem, dir.history, enough)
          : { ...(await readLines(dir.history, fileSystem)), whole: true }
      } catch (error) {
        throw asReadError(error, 'the history cannot be known')
      }
    },
    // Loaded when it is asked for: who only reads needs nothing of it.
    update: async (decide, options = {}) => {
      const { updatePointer } = await import('./update-pointer.js')
      return updatePointer({ dir, fileSystem }, decide, options)
    },
  }
}
