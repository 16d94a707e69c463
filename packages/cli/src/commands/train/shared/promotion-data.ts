import { inferencePolicyWarnings } from '@taskclf/infer-resolver'
import { type PromotionResult, resolveChampion, toPromotionJson } from '@taskclf/promotion'
import { boundText } from '@taskclf/registry'
import type { ModelsDirLook, ValidBundle } from '@taskclf/registry-core'
import {
  formatDecimal,
  passesConstraints,
  type RegressionCheck,
  subtractDecimal,
} from '@taskclf/selection-policy'
import type { Note } from '../../../command.js'
import type { Promotion } from '../../../documents/promotion.js'
import { EXIT, type ExitCode } from '../../../exit-codes.js'
import { warningNotes } from '../../shared/notes.js'

type Row = Promotion['numbers'][number]

/** A promotion as its document has it: the result, and every number with the champion's beside it. */
export async function promotionData(modelsDir: ModelsDirLook, result: PromotionResult): Promise<Promotion> {
  const { version: _, ...json } = toPromotionJson(result)
  const champion = await championOf(modelsDir, result)
  const numbers = [...gateRows(result, champion), ...regressionRows(result)]
  return { ...json, numbers, champion_model_id: champion?.modelId ?? null }
}

/** Done when it was promoted, or would have been; no when it was turned down. */
export function promotionExit({ outcome }: PromotionResult): ExitCode {
  return outcome === 'rejected' ? EXIT.no : EXIT.done
}

/** What else is to be said of a promotion. */
export function promotionNotes(modelsDir: ModelsDirLook, result: PromotionResult): Note[] {
  const { rejection, warnings, outcome, selection, switch: made } = result
  const overruled = made === undefined ? [] : inferencePolicyWarnings(modelsDir, made.pointer.model_id)
  const notes = warningNotes([...warnings, ...overruled])
  if (rejection !== undefined) {
    const why = rejection.reasons.map(({ message }) => message).join('; ')
    return [...notes, { level: 'error', code: rejection.code, message: `the candidate is rejected: ${why}` }]
  }
  if (outcome !== 'published' || selection === undefined) return notes
  const message = `published, and not made active: ${selection.decision.message}`
  return [...notes, { level: 'note', code: selection.decision.code, message }]
}

/** A candidate that fell at a gate was not compared with anything; its numbers still say more beside the champion's. */
async function championOf(
  modelsDir: ModelsDirLook,
  { champion, policy, requirement }: PromotionResult,
): Promise<ValidBundle | undefined> {
  if (champion !== undefined) return champion.status === 'found' ? champion.bundle : undefined
  const found = await resolveChampion(modelsDir, { policy, requirement }).catch(() => undefined)
  return found?.status === 'found' ? found.bundle : undefined
}

function gateRows({ gates, policy }: PromotionResult, champion: ValidBundle | undefined): Row[] {
  const theirs = champion && passesConstraints(champion, policy).gates
  return gates.gates.map((gate, i) => ({
    check: 'gate',
    metric: gate.metric,
    bound: boundText({ ...gate.bound }),
    candidate: jsonOf(gate.value),
    champion: jsonOf(theirs?.[i]?.value),
    passed: gate.passed,
    short_by: gate.shortfall ?? null,
  }))
}

function regressionRows({ regression }: PromotionResult): Row[] {
  if (regression?.metric === undefined || regression.tolerance === undefined) return []
  const { metric, candidate, champion, passed, tolerance } = regression
  return [
    {
      check: 'regression',
      metric,
      bound: `at most ${formatDecimal(tolerance)} worse`,
      candidate: candidate ?? null,
      champion: champion ?? null,
      passed,
      short_by: tooMuch(regression, tolerance),
    },
  ]
}

/** How much of a drop is beyond the tolerance; the drop is never negative then, whichever way the metric counts. */
function tooMuch({ code, candidate, champion }: RegressionCheck, tolerance: number): string | null {
  if (code !== 'regressed' || candidate === undefined || champion === undefined) return null
  const drop = subtractDecimal(Math.max(candidate, champion), Math.min(candidate, champion))
  return formatDecimal(subtractDecimal(drop, tolerance))
}

function jsonOf(value: unknown): Row['candidate'] {
  // Read out of a JSON document.
  return (value ?? null) as Row['candidate']
}
