import type { ValidBundle } from '@taskclf/registry-core'
import type { REGRESSION_ANSWERS } from './answer-tables.js'
import { compareDecimal, type Decimal, formatDecimal, subtractDecimal } from './decimal.js'
import { defaultTolerance } from './fractions.js'
import { firstRankMetric, type MetricKey, type Policy } from './policy.js'
import { rankedNumber } from './rank.js'
import { plainName, quote } from './reason.js'

/** Why a candidate may follow the champion, or may not. */
export type RegressionCode = keyof typeof REGRESSION_ANSWERS

/** Something to know about a comparison that does not decide it. */
export interface RegressionWarning {
  code: 'eval_dataset_differs'
  message: string
}

/** How a candidate compares with the champion. */
export interface RegressionCheck {
  passed: boolean
  code: RegressionCode
  message: string
  /** The first rank metric; `undefined` when the policy ranks by none. */
  metric: string | undefined
  candidate: number | undefined
  champion: number | undefined
  /** How much worse the candidate is, oriented by the rank order, as an exact decimal; negative when it is better. */
  drop: string | undefined
  /** `undefined` when the policy ranks by no metric. */
  tolerance: number | undefined
  /** False when the two state different evaluation sets, or only one states any. */
  likeForLike: boolean
  warnings: RegressionWarning[]
}

/**
 * Whether a candidate is at most `regression_tolerance` worse than the champion on the first rank metric. Where either
 * lacks it the answer is no: what cannot be compared has not passed. Under `same_eval_dataset` both must state the same
 * `eval_dataset_id`.
 *
 * @throws RangeError when the tolerance is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * // champion macro_f1 0.87, candidate 0.85, tolerance 0.02
 * checkRegression(candidate, champion, DEFAULT_POLICY) // { passed: true, code: 'within_tolerance', drop: '0.02', … }
 * ```
 */
export function checkRegression(
  candidate: ValidBundle,
  champion: ValidBundle,
  policy: Policy,
): RegressionCheck {
  const key = firstRankMetric(policy)
  const sets = compareEvalSets(candidate, champion)
  const values = {
    metric: key?.metric,
    candidate: key && rankedNumber(candidate, key.metric),
    champion: key && rankedNumber(champion, key.metric),
    tolerance: key && toleranceOf(policy, key),
    likeForLike: sets.differ === undefined,
  }
  const verdict = judge(values, key)
  const refused = verdict.passed && policy.same_eval_dataset ? (sets.differ ?? sets.unknown) : undefined
  const warnings: RegressionWarning[] =
    sets.differ === undefined ? [] : [{ code: 'eval_dataset_differs', message: sets.differ }]
  return {
    ...values,
    ...verdict,
    ...(refused !== undefined && { passed: false, code: 'not_like_for_like', message: refused }),
    warnings,
  }
}

/** A policy that was not parsed may lack it: then nothing worse is tolerated, where the contract knows no other. */
function toleranceOf({ regression_tolerance }: Policy, { metric }: MetricKey): number {
  return regression_tolerance ?? defaultTolerance(metric) ?? 0
}

type Values = Pick<RegressionCheck, 'candidate' | 'champion' | 'tolerance'>
type Verdict = Pick<RegressionCheck, 'passed' | 'code' | 'message' | 'drop'>

function judge({ candidate, champion, tolerance }: Values, key: MetricKey | undefined): Verdict {
  const drop = undefined
  if (key === undefined || tolerance === undefined) {
    const message = 'nothing was compared: the policy ranks by no metric'
    return { drop, passed: true, code: 'not_compared', message }
  }
  const name = plainName(key.metric)
  if (candidate === undefined) {
    const message = `the candidate has no ${name}, so it cannot be compared; the champion has ${champion ?? 'none either'}`
    return { drop, passed: false, code: 'metric_absent', message }
  }
  if (champion === undefined) {
    const message = `the champion has no ${name}, so nobody can say whether the candidate is worse`
    return { drop, passed: false, code: 'champion_metric_absent', message }
  }
  return weigh(candidate, champion, key, tolerance)
}

function weigh(candidate: number, champion: number, key: MetricKey, tolerance: number): Verdict {
  const lost: Decimal =
    key.order === 'desc' ? subtractDecimal(champion, candidate) : subtractDecimal(candidate, champion)
  const passed = compareDecimal(lost, tolerance) <= 0
  const drop = formatDecimal(lost)
  const change = drop.startsWith('-') ? `${drop.slice(1)} better` : `${drop} worse`
  const numbers = `${plainName(key.metric)} ${candidate} against the champion's ${champion}: ${change}`
  const message = `${numbers}, where ${formatDecimal(tolerance)} worse is tolerated`
  return { passed, code: passed ? 'within_tolerance' : 'regressed', message, drop }
}

/** What keeps two bundles from having been measured on the same evaluation set, as far as they say. */
function compareEvalSets(a: ValidBundle, b: ValidBundle): { differ?: string; unknown?: string } {
  const [x, y] = [a.metrics.eval_dataset_id, b.metrics.eval_dataset_id]
  if (x === undefined && y === undefined) {
    return { unknown: 'neither bundle states its eval_dataset_id, and the policy demands the same one' }
  }
  if (x === y) return {}
  return { differ: `measured on different evaluation sets: ${quote(x)} against the champion's ${quote(y)}` }
}
