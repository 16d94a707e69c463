import type { ValidBundle } from '@taskclf/registry-core'
import { firstRankMetric, type Policy } from './policy.js'
import { rankedNumber } from './rank.js'

/** Why a model is active, as it is in the pointer: what decided, with the bundle's figures. */
export interface ActiveReason {
  /** The first rank metric; under a policy that ranks by none its first field. */
  metric: string
  macro_f1?: number
  weighted_f1?: number
  /** The value of `metric` under its own name. */
  [name: string]: unknown
}

/** What a pointer's reason keeps for itself. */
const TAKEN = new Set(['metric', 'note'])

/**
 * What a policy chose a bundle by, for the pointer and the history. `macro_f1` and `weighted_f1`, which the Python project
 * reads, are beside it where the bundle has them.
 *
 * @example
 * ```ts
 * activeReason(bundle, policy) // { metric: 'auc', auc: 0.91 } under a policy that ranks by auc
 * ```
 */
export function activeReason(bundle: ValidBundle, policy: Policy): ActiveReason {
  const decisive = decidedBy(bundle, policy)
  const figures = ['macro_f1', 'weighted_f1'].map((name) => [name, rankedNumber(bundle, name)] as const)
  const said = [decisive, ...figures].filter(([name, value]) => value !== undefined && !TAKEN.has(name))
  return { metric: decisive[0], ...Object.fromEntries(said) }
}

function decidedBy(bundle: ValidBundle, policy: Policy): readonly [string, number | string | undefined] {
  const key = firstRankMetric(policy)
  if (key !== undefined) return [key.metric, rankedNumber(bundle, key.metric)]
  const isTime = policy.rank_by.some(
    (first, i) => i === 0 && 'field' in first && first.field === 'created_at',
  )
  return isTime ? ['created_at', bundle.createdAt.raw] : ['model_id', bundle.modelId]
}
