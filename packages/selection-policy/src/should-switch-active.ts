import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import { addDecimal, compareDecimal, type Decimal, formatDecimal, subtractDecimal } from './decimal.js'
import type { Policy } from './policy.js'
import { compareBundles, rankedNumber, type Score, score } from './rank.js'
import type { Reason } from './reason.js'
import { type SelectionReport, selectBest } from './select-best.js'

/** Why the active model changes, or stays. */
export type SwitchCode =
  | 'no_candidate'
  | 'no_incumbent'
  | 'incumbent_ineligible'
  | 'same_model'
  | 'not_outranking'
  | 'gain_too_small'
  | 'better'

/** One side of the comparison. */
export interface Contender {
  modelId: string
  /** Absent for an invalid bundle. */
  score?: Score
  /** Why an incumbent is no longer eligible. */
  reasons?: Reason[]
}

/** Whether the active model should change, and why either way. */
export interface SwitchDecision {
  switch: boolean
  code: SwitchCode
  message: string
  candidate?: Contender
  incumbent?: Contender
  /** What the candidate gains on the first rank metric, oriented by its order, as an exact decimal. */
  gain?: string
  /** What it had to gain. */
  required?: string
}

/**
 * Whether the best of a selection should take over from the active bundle: yes when there is none or it is no longer
 * eligible; else only when it is another one, outranks it in the full order and gains at least `min_improvement` on the
 * first rank metric. Eligibility is what the report says.
 *
 * @throws RangeError when `min_improvement` is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * const decision = shouldSwitchActive(selectBest(bundles, policy, {}), incumbent, policy)
 * decision.switch // false
 * decision.code // 'gain_too_small'
 * ```
 */
export function shouldSwitchActive(
  report: SelectionReport,
  incumbent: Bundle | undefined,
  policy: Policy,
): SwitchDecision {
  const reasons = incumbent === undefined ? [] : reasonsAgainst(report, incumbent)
  const sides = {
    ...(report.best && { candidate: contender(report.best.bundle, policy) }),
    ...(incumbent && { incumbent: contender(incumbent, policy, reasons) }),
  }
  return { ...decide(report, incumbent, reasons, policy), ...sides }
}

type Verdict = Omit<SwitchDecision, 'candidate' | 'incumbent'>

function decide(
  report: SelectionReport,
  incumbent: Bundle | undefined,
  reasons: readonly Reason[],
  policy: Policy,
): Verdict {
  const best = report.best?.bundle
  if (best === undefined) return stay('no_candidate', 'no bundle is eligible, so nothing can take over')
  if (incumbent === undefined) return go('no_incumbent', `nothing is active; ${best.modelId} takes the place`)
  if (best.modelId === incumbent.modelId) return stay('same_model', `${best.modelId} is already active`)
  if (incumbent.status === 'invalid' || reasons.length > 0) {
    const why = reasons.map(({ message }) => message).join('; ')
    return go('incumbent_ineligible', `${incumbent.modelId} is no longer eligible: ${why}`)
  }
  if (compareBundles(best, incumbent, policy) >= 0) {
    return stay('not_outranking', `${best.modelId} does not rank before ${incumbent.modelId}`)
  }
  return weigh(best, incumbent, policy)
}

/** The candidate outranks the incumbent; is it by enough? */
function weigh(best: ValidBundle, incumbent: ValidBundle, policy: Policy): Verdict {
  const [first] = policy.rank_by
  const over = `${best.modelId} ranks before ${incumbent.modelId}`
  if (first === undefined || 'field' in first) {
    return go('better', `${over}; the first rank key is not a metric, so no gain is asked for`)
  }
  const required = formatDecimal(policy.min_improvement)
  const gain = gainOf(rankedNumber(best, first.metric), rankedNumber(incumbent, first.metric), first.order)
  if (gain === undefined) {
    const verdict = go('better', `${over}, which has no ${first.metric} to compare with`)
    return { ...verdict, required }
  }
  const numbers = { gain: formatDecimal(gain), required }
  const message = `${over} and gains ${numbers.gain} ${first.metric}; ${required} is asked for`
  const enough = compareDecimal(gain, policy.min_improvement) >= 0
  return { ...(enough ? go('better', message) : stay('gain_too_small', message)), ...numbers }
}

const ZERO: Decimal = addDecimal(0, 0)

/** Positive is better. `undefined` when only the incumbent lacks the metric: anything is a gain then. */
function gainOf(
  candidate: number | undefined,
  incumbent: number | undefined,
  order: string,
): Decimal | undefined {
  if (incumbent === undefined) return candidate === undefined ? ZERO : undefined
  const value = candidate ?? incumbent
  return order === 'desc' ? subtractDecimal(value, incumbent) : subtractDecimal(incumbent, value)
}

/** What the report says; an incumbent that it does not know is judged beside the report's best. */
function reasonsAgainst(report: SelectionReport, incumbent: Bundle): Reason[] {
  const { best, ranked, excluded, policy, requirement } = report
  const isIt = ({ modelId }: { modelId: string }): boolean => modelId === incumbent.modelId
  const known = excluded.find(isIt)
  if (known !== undefined) return known.reasons
  if (incumbent.status === 'valid' && ranked.some(({ bundle }) => isIt(bundle))) return []
  const rival = best === undefined || isIt(best.bundle) ? [] : [best.bundle]
  return selectBest([...rival, incumbent], policy, requirement).excluded.find(isIt)?.reasons ?? []
}

function contender(bundle: Bundle, policy: Policy, reasons: Reason[] = []): Contender {
  return {
    modelId: bundle.modelId,
    ...(bundle.status === 'valid' && { score: score(bundle, policy) }),
    ...(reasons.length > 0 && { reasons }),
  }
}

function stay(code: SwitchCode, message: string): Verdict {
  return { switch: false, code, message }
}

function go(code: SwitchCode, message: string): Verdict {
  return { switch: true, code, message }
}
