/** The order of a rank key: `desc` puts the largest first, `asc` the smallest. */
export type RankOrder = 'asc' | 'desc'

/** Passes when the metric is exactly this value, of the same type. */
export interface EqualsGate {
  readonly metric: string
  readonly equals: boolean | number | string
}

/** Passes when the metric is a number within the bounds, both inclusive; at least one is given. */
export interface BoundGate {
  readonly metric: string
  readonly min?: number
  readonly max?: number
}

/** What a bundle's metric must satisfy before it may serve. */
export type Gate = EqualsGate | BoundGate

/** Ranks by a metric, which may be a path such as `per_class.leaves.precision`. */
export interface MetricKey {
  readonly metric: string
  readonly order: RankOrder
  /** A bundle without it ranks after those that have it, in place of being excluded. Never of the first rank metric. */
  readonly optional?: boolean
}

/** Ranks by what the bundle is rather than by what it scored. */
export interface FieldKey {
  readonly field: 'created_at' | 'model_id'
  readonly order: RankOrder
}

/** One key of the ranking. */
export type RankKey = MetricKey | FieldKey

/** A selection policy, version 1, as it is in a file with the defaults filled in. */
export interface Policy {
  readonly version: 1
  readonly name?: string
  /** All must pass. */
  readonly gates: readonly Gate[]
  /** First key first; `model_id` ascending decides what is left. */
  readonly rank_by: readonly RankKey[]
  /** How much a candidate must gain on the first rank metric to take over, in its units. Absent where there is none. */
  readonly min_improvement?: number
  /** How far below the champion a candidate may stay at promotion, in the same units. Absent where there is none. */
  readonly regression_tolerance?: number
  /** Refuse to compare bundles measured on different evaluation sets. */
  readonly same_eval_dataset: boolean
}

/**
 * The metric that gain, tolerance and promotion are measured on: the first key of the ranking that is a metric, and not
 * only a field. `undefined` when the policy ranks by none.
 *
 * @example
 * ```ts
 * firstRankMetric(DEFAULT_POLICY)?.metric // 'macro_f1'
 * ```
 */
export function firstRankMetric({ rank_by }: Policy): MetricKey | undefined {
  return rank_by.find((key) => 'metric' in key)
}
