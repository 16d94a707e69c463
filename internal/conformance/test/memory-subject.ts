import { memoryStore } from '@taskclf/registry/memory'
import { onTestFinished } from 'vitest'
import type { Subject } from '../src/index.js'
import { candidateIn } from './subjects.js'

/** A store in memory. */
export function memorySubject(): Subject {
  const store = memoryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  return {
    store,
    putBundle: (modelId, files) => store.put(modelId, files),
    removeBundle: (modelId) => store.remove(modelId),
    putPointer: async (content) => store.putPointer(content),
    lines: () => store.history.map((line) => Buffer.from(line).toString()),
    putLines: async (lines) => {
      store.history = lines.map((line) => Buffer.from(line))
    },
    candidate: (files) => candidateIn(files),
    rejected: () => [...store.rejected.keys()].sort(),
  }
}
