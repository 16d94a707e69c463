import type { StoreLike } from '@taskclf/active-pointer'
import { findBestModel } from '@taskclf/infer-resolver'
import { blameOf, type Policy } from '@taskclf/selection-policy'

/** How many of the valid bundles have a metric that a policy names. */
export interface MetricCoverage {
  metric: string
  /** What the policy asks it for. */
  asked: 'rank' | 'gate'
  optional: boolean
  /** How many have it, of the kind that is asked for. */
  have: number
  of: number
  /** What a bundle without it has that was likely meant. */
  nearest?: string
}

/** How many of the valid bundles have each metric that a policy names, those of the ranking first. */
export async function metricCoverage(where: StoreLike, policy: Policy): Promise<MetricCoverage[]> {
  const named = [
    ...policy.rank_by.flatMap((key) => ('metric' in key ? [{ ...key, asked: 'rank' as const }] : [])),
    ...policy.gates.map(({ metric }) => ({ metric, asked: 'gate' as const, optional: false })),
  ]
  const distinct = new Map(named.map((one) => [JSON.stringify([one.asked, one.metric]), one]))
  const report = await findBestModel(where, allRequired(policy), {}, { useIndex: true })
  const of = report.ranked.length + report.excluded.filter(({ gates }) => gates !== undefined).length
  const blames = blameOf(report)
  return [...distinct.values()].map(({ metric, asked, optional }) => {
    const stage = asked === 'rank' ? 'metrics' : 'gate'
    const blame = blames.find((one) => one.asked === stage && one.metric === metric)
    const have = of - (blame?.absent ?? 0)
    const nearest = blame?.nearest
    return { metric, asked, optional: optional === true, have, of, ...(nearest !== undefined && { nearest }) }
  })
}

/** So that what an optional metric lacks is reported, too. */
function allRequired(policy: Policy): Policy {
  const rank_by = policy.rank_by.map((key) =>
    'metric' in key ? { metric: key.metric, order: key.order } : key,
  )
  return { ...policy, rank_by }
}
