import type { Forest } from './forest.js'

/**
 * The buffers of a forest, to be transferred when it is posted to another thread. It cannot be used here afterwards.
 *
 * @example
 * ```ts
 * parentPort?.postMessage(forest, forestBuffers(forest))
 * ```
 */
export function forestBuffers(forest: Forest): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer)
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  visit(forest)
  return [...buffers]
}
