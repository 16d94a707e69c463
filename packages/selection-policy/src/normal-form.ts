import { defaultTolerance } from './fractions.js'
import type { Policy, RankKey } from './policy.js'
import { firstMetricIn } from './raw-policy.js'

/** A policy before it has its normal form. */
export type WholePolicy = Omit<Policy, 'min_improvement'> & { readonly min_improvement: number }

/**
 * The form that is used and digested: what says nothing more than its absence is left out, and so are amounts that no
 * metric gives a unit.
 */
export function normalForm(policy: WholePolicy): Policy {
  const { version, name, gates, min_improvement, same_eval_dataset } = policy
  const rank_by = policy.rank_by.map(withoutDefault)
  const first = firstMetricIn(rank_by)
  const regression_tolerance = policy.regression_tolerance ?? defaultTolerance(first)
  return {
    version,
    ...(name !== undefined && { name }),
    gates,
    rank_by,
    ...(first !== undefined && { min_improvement }),
    ...(first !== undefined && regression_tolerance !== undefined && { regression_tolerance }),
    same_eval_dataset,
  }
}

function withoutDefault(key: RankKey): RankKey {
  if (!('metric' in key) || key.optional !== false) return key
  const { optional: _, ...required } = key
  return required
}
