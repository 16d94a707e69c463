import type { StoreLike } from '@taskclf/active-pointer'
import { type Policy, type PolicyViolation, plainName } from '@taskclf/selection-policy'
import { expectedOrder } from './expected-order.js'
import { type MetricCoverage, metricCoverage } from './metric-coverage.js'

/** What a valid policy comes to beside the models that it is to judge. */
export interface PolicyFindings {
  /** Every metric that the policy names; absent without a models dir. */
  metrics?: readonly MetricCoverage[]
  /** By which no model could ever be selected. */
  violations: readonly PolicyViolation[]
  warnings: readonly { code: 'order_contradicts_name' | 'metric_absent'; message: string }[]
}

/**
 * Checks a policy beside the models of a models dir: whether they have the metrics that it names, and whether it ranks the better ones
 * first.
 *
 * @example
 * ```ts
 * const { violations, warnings } = await checkPolicy(policy, 'models')
 * if (violations.length > 0) throw new Error(violations[0].message)
 * ```
 */
export async function checkPolicy(policy: Policy, where?: StoreLike): Promise<PolicyFindings> {
  const metrics = where === undefined ? undefined : await metricCoverage(where, policy)
  return {
    ...(metrics && { metrics }),
    violations: metrics?.flatMap((metric) => nowhere(policy, metric)) ?? [],
    warnings: [...orderWarnings(policy), ...(metrics?.flatMap(gateWarnings) ?? [])],
  }
}

/** A metric of the ranking that no bundle has selects nobody. */
function nowhere(
  { rank_by }: Policy,
  { metric, asked, optional, have, of, nearest }: MetricCoverage,
): PolicyViolation[] {
  if (asked !== 'rank' || optional || have > 0 || of === 0) return []
  const place = rank_by.findIndex((key) => 'metric' in key && key.metric === metric)
  const meant = nearest === undefined ? '' : `did you mean ${plainName(nearest)}? `
  const instead = `${meant}taskclf policy init writes a policy over what they have`
  const message = `none of the ${of} bundles has ${plainName(metric)}, so none can be selected; ${instead}`
  return [{ at: `rank_by[${place}].metric`, message, ...(nearest !== undefined && { nearest }) }]
}

function gateWarnings({ metric, asked, have, of, nearest }: MetricCoverage): PolicyFindings['warnings'] {
  if (asked !== 'gate' || have > 0 || of === 0) return []
  const meant = nearest === undefined ? '' : `; did you mean ${plainName(nearest)}?`
  const message = `none of the ${of} bundles has ${plainName(metric)}, so none passes its gate${meant}`
  return [{ code: 'metric_absent', message }]
}

function orderWarnings({ rank_by }: Policy): PolicyFindings['warnings'] {
  return rank_by.flatMap((key) => {
    const expected = 'metric' in key ? expectedOrder(key.metric) : undefined
    if (!('metric' in key) || expected === undefined || expected === key.order) return []
    const [first, better] = key.order === 'desc' ? ['largest', 'least'] : ['least', 'largest']
    const message = `ranks the ${first} ${plainName(key.metric)} first, where by its name the ${better} is the best; "order": "${expected}" turns it round`
    return [{ code: 'order_contradicts_name', message } as const]
  })
}
