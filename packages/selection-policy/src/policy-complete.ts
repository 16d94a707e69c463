import { nearestName } from '@taskclf/errors'
import { metricNames } from './count-metrics.js'
import { defaultTolerance, FRACTIONS } from './fractions.js'
import type { PolicyViolation } from './policy-rules.js'
import { type Fields, firstMetricIn } from './raw-policy.js'
import { plainName } from './reason.js'

/**
 * What a policy must say itself, as every value would be a guess: its gates, what it ranks by, and the tolerance of a metric
 * that the contract does not name. `metrics` are those that the bundles have.
 */
export function completeRules(policy: Fields, metrics?: readonly string[]): PolicyViolation[] {
  const { gates, rank_by, regression_tolerance } = policy
  const first = firstMetricIn(rank_by)
  const isUnknown = typeof first === 'string' && defaultTolerance(first) === undefined
  return [
    ...(gates === undefined ? [incomplete('gates', GATES)] : []),
    ...(rank_by === undefined ? [incomplete('rank_by', rankBy(metrics))] : []),
    ...(isUnknown && regression_tolerance === undefined ? [tolerance(first)] : []),
  ]
}

const GATES = 'is missing; write "gates": [] for none, or "extends": "default" for the three default gates'

function rankBy(metrics: readonly string[] | undefined): string {
  const ask = 'is missing; write the metrics by which the best model is chosen'
  const init = 'taskclf policy init writes a policy'
  if (metrics === undefined) return `${ask}, or "extends" with a preset; ${init}`
  const names = metricNames(metrics)
  if (names === undefined) return `${ask}; no bundle has a number yet`
  return `${ask}; the bundles have ${names}; ${init} over them`
}

function tolerance(metric: string): PolicyViolation {
  const nearest = nearestName(metric, FRACTIONS)
  const meant = nearest === undefined ? '' : `; or is ${nearest} meant?`
  const name = plainName(metric)
  const message = `is missing; write how much worse than the champion a candidate may be in ${name}, 0 for not at all${meant}`
  return { ...incomplete('regression_tolerance', message), ...(nearest !== undefined && { nearest }) }
}

function incomplete(at: string, message: string): PolicyViolation {
  return { at, message, code: 'policy_incomplete' }
}
