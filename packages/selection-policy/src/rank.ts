import type { ValidBundle } from '@taskclf/registry-core'
import { metricValue } from './metric-value.js'
import type { MetricKey, Policy, RankKey, RankOrder } from './policy.js'

/** One value a bundle is ranked by. */
export interface ScoreKey {
  /** The metric's path or the field's name. */
  name: string
  order: RankOrder
  /** `undefined` when the bundle has no number there: under an optional key it then ranks last, whichever the order. */
  value: number | string | undefined
}

/** What a bundle is ranked by, first key first, `model_id` always among them. */
export interface Score {
  keys: ScoreKey[]
}

/** A bundle in its place. */
export interface RankedBundle {
  /** From 1, the best. */
  rank: number
  bundle: ValidBundle
  score: Score
}

/**
 * What a bundle is ranked by under a policy. `created_at` is given as it is written; it is compared as an instant.
 *
 * @example
 * ```ts
 * score(bundle, DEFAULT_POLICY).keys[0] // { name: 'macro_f1', order: 'desc', value: 0.9071 }
 * ```
 */
export function score(bundle: ValidBundle, policy: Policy): Score {
  return {
    keys: keysOf(policy).map((key) => ({
      name: 'metric' in key ? key.metric : key.field,
      order: key.order,
      value: 'metric' in key ? rankedNumber(bundle, key.metric) : fieldText(bundle, key.field),
    })),
  }
}

/**
 * The bundles, best first. The order is total: the same set gives the same ranking in whatever order it comes. A bundle
 * without a metric that the ranking requires has no place in it and is left out.
 *
 * @example
 * ```ts
 * rank(bundles, UNGATED_POLICY).map(({ rank, bundle }) => `${rank}. ${bundle.modelId}`)
 * ```
 */
export function rank(bundles: readonly ValidBundle[], policy: Policy): RankedBundle[] {
  const keys = keysOf(policy)
  const required = requiredMetrics(policy)
  return bundles
    .filter((bundle) => required.every(({ metric }) => rankedNumber(bundle, metric) !== undefined))
    .map((bundle) => ({ bundle, values: keys.map((key) => comparable(bundle, key)) }))
    .sort((a, b) => compareValues(a.values, b.values, keys))
    .map(({ bundle }, i) => ({ rank: i + 1, bundle, score: score(bundle, policy) }))
}

/**
 * Negative when a ranks before b, positive when after, 0 only for the same `model_id`. A total order, in which a bundle
 * without a metric comes after all that have it.
 *
 * @example
 * ```ts
 * bundles.toSorted((a, b) => compareBundles(a, b, DEFAULT_POLICY))
 * ```
 */
export function compareBundles(a: ValidBundle, b: ValidBundle, policy: Policy): number {
  const keys = keysOf(policy)
  const [x, y] = [a, b].map((bundle) => keys.map((key) => comparable(bundle, key)))
  return compareValues(x ?? [], y ?? [], keys)
}

/** The metrics without which a bundle has no place in the ranking. */
export function requiredMetrics(policy: Policy): MetricKey[] {
  return policy.rank_by.filter((key) => 'metric' in key && key.optional !== true) as MetricKey[]
}

/** The finite number at a metric's path; anything else does not rank. */
export function rankedNumber(bundle: ValidBundle, metric: string): number | undefined {
  const value = metricValue(bundle, metric)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

type Comparable = number | bigint | string | undefined

const LAST_KEY: RankKey = { field: 'model_id', order: 'asc' }

function keysOf(policy: Policy): readonly RankKey[] {
  const named = policy.rank_by.some((key) => 'field' in key && key.field === 'model_id')
  return named ? policy.rank_by : [...policy.rank_by, LAST_KEY]
}

function fieldText(bundle: ValidBundle, field: 'created_at' | 'model_id'): string {
  return field === 'created_at' ? bundle.createdAt.raw : bundle.modelId
}

function comparable(bundle: ValidBundle, key: RankKey): Comparable {
  if ('metric' in key) return rankedNumber(bundle, key.metric)
  return key.field === 'created_at' ? bundle.createdAt.epochMicros : bundle.modelId
}

function compareValues(a: readonly Comparable[], b: readonly Comparable[], keys: readonly RankKey[]): number {
  for (const [i, key] of keys.entries()) {
    const [x, y] = [a[i], b[i]]
    if (x === y) continue
    if (x === undefined || y === undefined) return x === undefined ? 1 : -1
    return x < y === (key.order === 'asc') ? -1 : 1
  }
  return 0
}
