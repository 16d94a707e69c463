import type { StoreLook } from '@taskclf/active-pointer'
import { inferencePolicyWarnings } from '@taskclf/infer-resolver'
import { type PromotionResult, resolveChampion } from '@taskclf/promotion'
import type { ValidBundle } from '@taskclf/registry-core'
import {
  formatDecimal,
  passesConstraints,
  type RegressionCheck,
  subtractDecimal,
} from '@taskclf/selection-policy'
import { boundText } from './bound-text.js'

/** A number that a promotion looked at, the champion's beside it. */
export interface PromotionNumber {
  check: 'gate' | 'regression'
  metric: string
  /** In signs, or in words. */
  bound: string
  /** As in the documents; absent where there is none. */
  candidate?: unknown
  champion?: unknown
  passed: boolean
  /** How much is missing, an exact decimal. */
  shortBy?: string
}

/** A promotion, and what it looks like beside the model that it was to improve on. */
export interface Promoted extends PromotionResult {
  /** Where the registry is, for people. */
  location: string
  numbers: readonly PromotionNumber[]
  /** Whose numbers are beside the candidate's, also of a candidate that was never compared with it. */
  comparedWith?: string
  /** That the Python project goes by another file, and serves another model. */
  pythonWarnings: readonly { code: string; message: string }[]
}

/** Adds to a promotion what it is measured against. */
export async function promotedOf(store: StoreLook, result: PromotionResult): Promise<Promoted> {
  const champion = await championOf(store, result)
  const made = result.switch
  return {
    ...result,
    location: store.location,
    numbers: [...gateNumbers(result, champion), ...regressionNumbers(result)],
    ...(champion && { comparedWith: champion.modelId }),
    pythonWarnings: made === undefined ? [] : inferencePolicyWarnings(store, made.pointer.model_id),
  }
}

/** A candidate that fell at a gate was not compared with anything; its numbers still say more beside the champion's. */
async function championOf(
  store: StoreLook,
  { champion, policy, requirement }: PromotionResult,
): Promise<ValidBundle | undefined> {
  if (champion !== undefined) return champion.status === 'found' ? champion.bundle : undefined
  const found = await resolveChampion(store, { policy, requirement }).catch(() => undefined)
  return found?.status === 'found' ? found.bundle : undefined
}

function gateNumbers(
  { gates, policy }: PromotionResult,
  champion: ValidBundle | undefined,
): PromotionNumber[] {
  const theirs = champion && passesConstraints(champion, policy).gates
  return gates.gates.map(({ metric, bound, value, passed, shortfall }, i) => ({
    check: 'gate',
    metric,
    bound: boundText({ ...bound }),
    candidate: value,
    champion: theirs?.[i]?.value,
    passed,
    ...(shortfall !== undefined && { shortBy: shortfall }),
  }))
}

function regressionNumbers({ regression }: PromotionResult): PromotionNumber[] {
  if (regression?.metric === undefined || regression.tolerance === undefined) return []
  const { metric, candidate, champion, passed, tolerance } = regression
  const shortBy = tooMuch(regression, tolerance)
  const bound = `at most ${formatDecimal(tolerance)} worse`
  const number = { check: 'regression', metric, bound, candidate, champion, passed } as const
  return [{ ...number, ...(shortBy !== undefined && { shortBy }) }]
}

/** How much of a drop is beyond the tolerance; the drop is never negative then, whichever way the metric counts. */
function tooMuch({ code, candidate, champion }: RegressionCheck, tolerance: number): string | undefined {
  if (code !== 'regressed' || candidate === undefined || champion === undefined) return undefined
  const drop = subtractDecimal(Math.max(candidate, champion), Math.min(candidate, champion))
  return formatDecimal(subtractDecimal(drop, tolerance))
}
