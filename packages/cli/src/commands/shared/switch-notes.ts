import type { SwitchResult } from '@taskclf/active-pointer'
import { switchWarnings } from '@taskclf/registry'
import type { Note } from '../../command.js'
import { warningNotes } from './notes.js'

/** What else happened on the way. */
export async function switchNotes(result: SwitchResult): Promise<Note[]> {
  return [...warningNotes(await switchWarnings(result.location, result)), ...adoptedNotes(result)]
}

function adoptedNotes({ adopted }: SwitchResult): Note[] {
  if (adopted === undefined) return []
  const { restored, new: pointer } = adopted
  if (restored) {
    const message = `the history had lost the line of ${pointer.model_id}, which was active; it was written again, and what was switched before it may be missing`
    return [{ level: 'warning', code: 'history_restored', message }]
  }
  const message = `another program had made ${pointer.model_id} active; the history now has a line for it`
  return [{ level: 'note', code: 'pointer_adopted', message }]
}
