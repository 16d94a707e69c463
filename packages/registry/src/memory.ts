export { type MemoryBundle, type MemoryStore, memoryStore } from './memory/memory-store.js'
