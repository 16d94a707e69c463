import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import type { SWITCH_ANSWERS } from './answer-tables.js'
import { compareDecimal, formatDecimal, subtractDecimal } from './decimal.js'
import { otherKind } from './other-kind.js'
import { firstRankMetric, type Policy } from './policy.js'
import { compareBundles, rankedNumber, type Score, score } from './rank.js'
import { plainName, type Reason } from './reason.js'
import { type SelectionReport, selectBest } from './select-best.js'

/** Why the active model changes, or stays. */
export type SwitchCode = keyof typeof SWITCH_ANSWERS

/** One side of the comparison. */
export interface Contender {
  modelId: string
  /** Absent for an invalid bundle. */
  score?: Score
  /** Why a champion is no longer eligible. */
  reasons?: Reason[]
}

/** Why a champion with valid documents must not serve all the same, as trying it found. */
export interface Broken {
  code: string
  message: string
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
 * eligible, for want of a metric that the policy ranks by, too; else only when it is another one, outranks it in the full
 * order and gains at least `min_improvement` on the first rank metric. Eligibility is what the report says; a champion that
 * is `broken` gives way to any other. Never to one of other labels, or of another feature schema, unless the requirement
 * states which: callers of the model would get other answers, and nobody wanted that.
 *
 * @throws RangeError when `min_improvement` is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * const decision = shouldSwitchActive(selectBest(bundles, policy, {}), champion, policy)
 * decision.switch // false
 * decision.code // 'gain_too_small'
 * ```
 */
export function shouldSwitchActive(
  report: SelectionReport,
  champion: Bundle | undefined,
  policy: Policy,
  broken?: Broken,
): SwitchDecision {
  const reasons = champion === undefined ? [] : reasonsAgainst(report, champion)
  const sides = {
    ...(report.best && { candidate: contender(report.best.bundle, policy) }),
    ...(champion && { incumbent: contender(champion, policy, reasons) }),
  }
  const verdict = decide(report, champion, { reasons, broken }, policy)
  return { ...(keptByKind(verdict, report, champion, reasons) ?? verdict), ...sides }
}

type Verdict = Omit<SwitchDecision, 'candidate' | 'incumbent'>

function decide(
  report: SelectionReport,
  champion: Bundle | undefined,
  { reasons, broken }: { reasons: readonly Reason[]; broken: Broken | undefined },
  policy: Policy,
): Verdict {
  const best = report.best?.bundle
  if (best === undefined) return stay('no_candidate', 'no bundle is eligible, so nothing can take over')
  if (champion === undefined) return go('no_incumbent', `nothing is active; ${best.modelId} takes the place`)
  if (best.modelId === champion.modelId) return stay('same_model', `${best.modelId} is already active`)
  if (broken !== undefined) {
    const { code, message } = broken
    return go('incumbent_ineligible', `${champion.modelId} is no longer valid: ${message} [${code}]`)
  }
  if (champion.status === 'invalid' || reasons.length > 0) {
    const why = reasons.map(({ message }) => message).join('; ')
    return go('incumbent_ineligible', `${champion.modelId} is no longer eligible: ${why}`)
  }
  if (compareBundles(best, champion, policy) >= 0) {
    return stay('not_outranking', `${best.modelId} does not rank before ${champion.modelId}`)
  }
  return weigh(best, champion, policy)
}

/** A switch that would change what is answered is made by a person; a champion that is not what is required has no say. */
function keptByKind(
  verdict: Verdict,
  { best, requirement }: SelectionReport,
  champion: Bundle | undefined,
  reasons: readonly Reason[],
): Verdict | undefined {
  if (!verdict.switch || best === undefined || champion === undefined) return undefined
  if (reasons.some(({ stage }) => stage === 'incompatible')) return undefined
  const other = otherKind(best.bundle, champion, requirement)
  if (other === undefined) return undefined
  const ways = `make it active yourself (set-active), or state the ${other.code === 'other_labels' ? 'label set' : 'feature schema'} that is required`
  return stay(other.code, `${verdict.message}; but it is of another kind: ${other.message}; ${ways}`)
}

/** The candidate outranks the champion; is it by enough? */
function weigh(best: ValidBundle, champion: ValidBundle, policy: Policy): Verdict {
  const over = `${best.modelId} ranks before ${champion.modelId}`
  const key = firstRankMetric(policy)
  if (key === undefined) return go('better', `${over}; no gain is required, as the policy ranks by no metric`)
  const name = plainName(key.metric)
  const [ours, theirs] = [rankedNumber(best, key.metric), rankedNumber(champion, key.metric)]
  if (ours === undefined)
    return stay('no_candidate', `${best.modelId} has no ${name}, so it cannot take over`)
  if (theirs === undefined) return go('incumbent_ineligible', `${champion.modelId} has no ${name}`)
  const least = policy.min_improvement ?? 0
  const gain = key.order === 'desc' ? subtractDecimal(ours, theirs) : subtractDecimal(theirs, ours)
  const numbers = { gain: formatDecimal(gain), required: formatDecimal(least) }
  const message = `${over} and improves ${name} by ${numbers.gain} (minimum ${numbers.required})`
  const enough = compareDecimal(gain, least) >= 0
  return { ...(enough ? go('better', message) : stay('gain_too_small', message)), ...numbers }
}

/** What the report says; a champion that it does not know is judged beside the report's best. */
function reasonsAgainst(report: SelectionReport, champion: Bundle): Reason[] {
  const { best, ranked, excluded, policy, requirement } = report
  const isIt = ({ modelId }: { modelId: string }): boolean => modelId === champion.modelId
  const known = excluded.find(isIt)
  if (known !== undefined) return known.reasons
  if (champion.status === 'valid' && ranked.some(({ bundle }) => isIt(bundle))) return []
  const rival = best === undefined || isIt(best.bundle) ? [] : [best.bundle]
  return selectBest([...rival, champion], policy, requirement).excluded.find(isIt)?.reasons ?? []
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
