import type { ActiveState, PassedOver, SwitchResult } from '@taskclf/active-pointer'
import { switchWarnings } from '@taskclf/registry'
import type { Reason } from '@taskclf/selection-policy'
import type { Note } from '../../command.js'
import type { ModelSwitch } from '../../documents/model.js'
import { warningNotes } from './notes.js'

/** A switch that happened, as its document. */
export function switchData(
  result: SwitchResult,
  more: { forced?: readonly Reason[]; passedOver?: readonly PassedOver[] } = {},
): ModelSwitch {
  const { location, pointer, revision, version, line, previous } = result
  return {
    models_dir: location,
    model_id: pointer.model_id,
    revision,
    write_id: line.write_id ?? '',
    pointer_version: version,
    source: line.source ?? '',
    previous: previousData(previous),
    withdrawn: [...(pointer.withdrawn ?? [])],
    forced: (more.forced ?? []).map((reason) => ({ ...reason })),
    passed_over: (more.passedOver ?? []).map(({ revision, modelId, why }) => ({
      revision: revision ?? null,
      model_id: modelId,
      why,
    })),
  }
}

function previousData(previous: ActiveState): ModelSwitch['previous'] {
  if (previous.status !== 'valid') return { status: previous.status, model_id: null, revision: null }
  return { status: 'valid', model_id: previous.modelId, revision: previous.pointer.revision ?? null }
}

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
