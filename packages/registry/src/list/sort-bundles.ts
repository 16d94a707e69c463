import type { Bundle } from '@taskclf/registry-core'

const KEYS = {
  macro_f1: (bundle: Bundle) => (bundle.status === 'valid' ? bundle.metrics.macro_f1 : undefined),
  weighted_f1: (bundle: Bundle) => (bundle.status === 'valid' ? bundle.metrics.weighted_f1 : undefined),
  created_at: (bundle: Bundle) =>
    (bundle.status === 'valid' ? bundle.createdAt : bundle.partial.createdAt)?.epochMicros,
}

/** What a list may be ordered by. */
export type ModelOrder = 'macro_f1' | 'weighted_f1' | 'created_at'

/** Largest or newest first; what has no value comes last, and `model_id` decides between equals. */
export function sortBundles(bundles: readonly Bundle[], by: ModelOrder): Bundle[] {
  const keys = [...new Set([by, ...Object.keys(KEYS)] as ModelOrder[])].map((key) => KEYS[key])
  return [...bundles].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)]
      if (x === y) continue
      if (x === undefined || y === undefined) return x === undefined ? 1 : -1
      return x > y ? -1 : 1
    }
    return a.modelId < b.modelId ? -1 : 1
  })
}
