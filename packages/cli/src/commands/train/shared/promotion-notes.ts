import type { Promoted } from '@taskclf/registry'
import type { Note } from '../../../command.js'
import { EXIT, type ExitCode } from '../../../exit-codes.js'
import { warningNotes } from '../../shared/notes.js'

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
    const isAbsent = rejection.code === 'metric_absent'
    const advice = isAbsent ? '; taskclf policy init writes a policy over the metrics of your bundles' : ''
    const message = `the candidate is rejected: ${why}${advice}`
    return [...notes, { level: 'error', code: rejection.code, message }]
  }
  if (outcome !== 'published' || selection === undefined) return notes
  const message = `published, and not made active: ${selection.decision.message}`
  return [...notes, { level: 'note', code: selection.decision.code, message }]
}
