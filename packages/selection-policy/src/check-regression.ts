import type { ValidBundle } from '@taskclf/registry-core'
import { compareDecimal, type Decimal, formatDecimal, subtractDecimal } from './decimal.js'
import type { MetricKey, Policy } from './policy.js'
import { rankedNumber } from './rank.js'
import { quote } from './reason.js'

/** Why a candidate may follow the champion, or may not. */
export type RegressionCode =
  | 'within_tolerance'
  | 'regressed'
  | 'metric_absent'
  | 'not_like_for_like'
  | 'not_applicable'

/** Something to know about a comparison that does not decide it. */
export interface RegressionWarning {
  code: 'eval_dataset_differs' | 'champion_metric_absent'
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
  tolerance: number
  /** False when the two state different evaluation sets, or only one states any. */
  likeForLike: boolean
  warnings: RegressionWarning[]
}

/**
 * Whether a candidate is at most `regression_tolerance` worse than the champion on the first rank metric. Under
 * `same_eval_dataset` both must state the same `eval_dataset_id`.
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
  const key = policy.rank_by.find((key) => 'metric' in key)
  const sets = compareEvalSets(candidate, champion)
  const values = {
    metric: key?.metric,
    candidate: key && rankedNumber(candidate, key.metric),
    champion: key && rankedNumber(champion, key.metric),
    tolerance: policy.regression_tolerance,
    likeForLike: sets.differ === undefined,
  }
  const { warnings, ...verdict } = judge(values, key, policy)
  const refused = policy.same_eval_dataset ? (sets.differ ?? sets.unknown) : undefined
  const differ: RegressionWarning[] =
    sets.differ === undefined ? [] : [{ code: 'eval_dataset_differs', message: sets.differ }]
  return {
    ...values,
    ...verdict,
    ...(refused !== undefined && { passed: false, code: 'not_like_for_like', message: refused }),
    warnings: [...differ, ...warnings],
  }
}

type Values = Pick<RegressionCheck, 'candidate' | 'champion'>
type Verdict = Pick<RegressionCheck, 'passed' | 'code' | 'message' | 'drop' | 'warnings'>

function judge({ candidate, champion }: Values, key: MetricKey | undefined, policy: Policy): Verdict {
  const plain = { drop: undefined, warnings: [] }
  if (key === undefined) {
    const message = 'the policy ranks by no metric, so there is nothing to compare'
    return { ...plain, passed: true, code: 'not_applicable', message }
  }
  if (champion === undefined) {
    const message = `the champion has no ${key.metric}, so nothing can be below it`
    const warning: RegressionWarning = { code: 'champion_metric_absent', message }
    return { ...plain, passed: true, code: 'not_applicable', message, warnings: [warning] }
  }
  if (candidate === undefined) {
    const message = `the candidate has no ${key.metric}; the champion has ${champion}`
    return { ...plain, passed: false, code: 'metric_absent', message }
  }
  return { ...plain, ...weigh(candidate, champion, key, policy) }
}

function weigh(
  candidate: number,
  champion: number,
  key: MetricKey,
  policy: Policy,
): Omit<Verdict, 'warnings'> {
  const lost: Decimal =
    key.order === 'desc' ? subtractDecimal(champion, candidate) : subtractDecimal(candidate, champion)
  const passed = compareDecimal(lost, policy.regression_tolerance) <= 0
  const drop = formatDecimal(lost)
  const change = drop.startsWith('-') ? `${drop.slice(1)} better` : `${drop} worse`
  const numbers = `${key.metric} ${candidate} against the champion's ${champion}: ${change}`
  const message = `${numbers}, where ${formatDecimal(policy.regression_tolerance)} worse is tolerated`
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
