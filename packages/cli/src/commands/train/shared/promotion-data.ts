import { toPromotionJson } from '@taskclf/promotion'
import type { Promoted, PromotionNumber } from '@taskclf/registry'
import type { Note } from '../../../command.js'
import type { Promotion } from '../../../documents/promotion.js'
import { EXIT, type ExitCode } from '../../../exit-codes.js'
import { warningNotes } from '../../shared/notes.js'

type Row = Promotion['numbers'][number]

/** A promotion as its document has it. */
export function promotionData(promoted: Promoted): Promotion {
  const { version: _, ...json } = toPromotionJson(promoted)
  return { ...json, numbers: promoted.numbers.map(rowOf), champion_model_id: promoted.comparedWith ?? null }
}

function rowOf({ check, metric, bound, candidate, champion, passed, shortBy }: PromotionNumber): Row {
  // Read out of JSON documents.
  const [ours, theirs] = [candidate ?? null, champion ?? null] as [Row['candidate'], Row['champion']]
  return { check, metric, bound, candidate: ours, champion: theirs, passed, short_by: shortBy ?? null }
}

/** Done when it was promoted, or would have been; no when it was turned down. */
export function promotionExit({ outcome }: Promoted): ExitCode {
  return outcome === 'rejected' ? EXIT.no : EXIT.done
}

/** What else is to be said of a promotion. */
export function promotionNotes(promoted: Promoted): Note[] {
  const { rejection, outcome, selection } = promoted
  const notes = warningNotes([...promoted.warnings, ...promoted.pythonWarnings])
  if (rejection !== undefined) {
    const why = rejection.reasons.map(({ message }) => message).join('; ')
    return [...notes, { level: 'error', code: rejection.code, message: `the candidate is rejected: ${why}` }]
  }
  if (outcome !== 'published' || selection === undefined) return notes
  const message = `published, and not made active: ${selection.decision.message}`
  return [...notes, { level: 'note', code: selection.decision.code, message }]
}
