import { type ModelActive, toActiveJson } from '@taskclf/documents'
import { shortInstant } from '@taskclf/registry-core'
import { renderFields } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { historyNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'
import { instantOfFlag } from '../../shared/time-flags.js'
import type { modelActive } from './command.js'

/** Reads the pointer, or for a time of the past the history. */
export async function run(
  options: OptionsFor<typeof modelActive>,
  context: Context,
): Promise<Outcome<ModelActive>> {
  const at = instantOfFlag('at', options.at)
  const registry = await registryOf(context, { readOnly: true })
  const found = await registry.active(at === undefined ? undefined : new Date(at))
  return {
    data: toActiveJson(registry.location, at ?? null, found),
    exitCode: found === undefined ? EXIT.no : EXIT.done,
    // What the history lost, the answer for a time of the past may lack.
    notes: [
      ...(at === undefined ? [] : historyNotes(await registry.history())),
      ...(found === undefined ? [noneNote(at)] : []),
    ],
  }
}

function noneNote(at: string | undefined): Note {
  const message = at === undefined ? 'no model is active here' : 'no model was active then'
  return { level: 'note', code: 'no_pointer', message }
}

/** What is known of it, a line each. */
export function text({
  model_id,
  revision,
  since_utc,
  source,
  kind,
  actor,
  note,
  state,
}: ModelActive): string {
  if (model_id === null) return ''
  const unsure =
    state === 'unconfirmed' ? ([['state', 'unconfirmed: the pointer was lost since']] as const) : []
  return renderFields([
    ['model', model_id],
    ['revision', revision],
    ['since', shortInstant(since_utc)],
    ['by', actor],
    ['source', kind ?? source],
    ...(note === null ? [] : ([['note', note]] as const)),
    ...unsure,
  ])
}
