import type { Bundle } from '@taskclf/registry-core'
import { metricValue } from '@taskclf/selection-policy'

/** What a list may be ordered by: a field of the bundle, or the path of a metric such as `macro_f1` or `per_class.churned.recall`. */
export type ModelOrder = 'created_at' | 'model_id' | (string & {})

type Value = number | bigint | string | undefined

/** Between equals: the figures that the first list was ordered by, then the newest. */
const THEN: readonly ModelOrder[] = ['macro_f1', 'weighted_f1', 'created_at']

/**
 * Largest or newest first, or smallest or oldest with `ascending`; what has no such value comes last either way, and `model_id` decides between
 * equals. Sorted as a copy.
 */
export function sortBundles(bundles: readonly Bundle[], by: ModelOrder, ascending = false): Bundle[] {
  const ties = THEN.filter((key) => key !== by)
  const rows = bundles.map((bundle) => ({ bundle, value: orderValue(bundle, by) }))
  const inOrder = rows.sort(
    (a, b) =>
      compare(a.value, b.value, ascending) ||
      ties.reduce(
        (order, key) => order || compare(orderValue(a.bundle, key), orderValue(b.bundle, key)),
        0,
      ) ||
      byId(a.bundle, b.bundle),
  )
  return inOrder.map(({ bundle }) => bundle)
}

/** Largest first; what has none is last, whatever the order. */
function compare(one: Value, other: Value, ascending = false): number {
  if (one === other) return 0
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1
  return one > other === ascending ? 1 : -1
}

const byId = (a: Bundle, b: Bundle) => (a.modelId < b.modelId ? -1 : 1)

function orderValue(bundle: Bundle, key: ModelOrder): Value {
  if (key === 'model_id') return bundle.modelId
  if (key === 'created_at')
    return (bundle.status === 'valid' ? bundle.createdAt : bundle.partial.createdAt)?.epochMicros
  const value = bundle.status === 'valid' ? metricValue(bundle, key) : undefined
  return typeof value === 'number' ? value : undefined
}
