import type { HistoryEntry } from '@taskclf/active-pointer'
import { openRegistry, readDecision } from '@taskclf/registry'
import { instantOf } from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelHistory } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { historyNotes } from '../../shared/notes.js'
import type { MODEL_HISTORY_FLAGS } from './flags.js'

export { text } from './text.js'

type Entry = ModelHistory['entries'][number]

/** Reads the history; what cannot be read is a warning, never a failure. */
export async function run(
  { verbose }: OptionsOf<typeof MODEL_HISTORY_FLAGS> & GlobalOptions,
  { settings }: Context,
): Promise<Outcome<ModelHistory>> {
  const registry = await openRegistry(settings.modelsDir)
  const { modelsDir, entries, problems, warnings } = await registry.history()
  const data: ModelHistory = {
    models_dir: modelsDir.root,
    entries: entries.toReversed().map((entry) => entryData(entry, verbose)),
    problems: problems.map((problem) => ({ ...problem })),
    warnings: warnings.flatMap(({ code, message }) =>
      code === 'history_unchained' ? [] : [{ code, message }],
    ),
  }
  const isEmpty = entries.length === 0 && warnings.length === 0
  const none = { level: 'note', code: 'no_history', message: 'nothing was ever switched here' } as const
  const notes = historyNotes({ problems, warnings })
  return { data, exitCode: EXIT.done, notes: isEmpty ? [...notes, none] : notes }
}

function entryData(entry: HistoryEntry, verbose: boolean): Entry {
  const { note } = entry.new.reason ?? {}
  return {
    line: entry.line,
    state: entry.state,
    revision: entry.revision ?? null,
    write_id: entry.write_id ?? null,
    at: entry.at,
    at_utc: instantOf(entry.at),
    model_id: entry.new.model_id,
    previous_model_id: entry.old?.model_id ?? null,
    source: entry.source ?? null,
    kind: readDecision(entry.decision)?.kind ?? null,
    actor: entry.actor ?? null,
    note: note ?? null,
    // The line is JSON, and so is whatever stands in it.
    ...(verbose &&
      entry.decision !== undefined && { decision: entry.decision as Exclude<Entry['decision'], undefined> }),
  }
}
