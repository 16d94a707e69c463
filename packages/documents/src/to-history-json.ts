import type { HistoryEntry } from '@taskclf/active-pointer'
import { type RegistryHistory, readDecision } from '@taskclf/registry'
import { instantOf } from '@taskclf/registry-core'
import type { ModelHistory } from './model.js'

type Entry = ModelHistory['entries'][number]

/** A history, newest first; with what each switch was decided on where that is asked for. */
export function toHistoryJson(
  { location, entries, problems, warnings }: RegistryHistory,
  decisions: boolean,
): ModelHistory {
  return {
    models_dir: location,
    entries: entries.toReversed().map((entry) => entryJson(entry, decisions)),
    problems: problems.map((problem) => ({ ...problem })),
    warnings: warnings.flatMap(({ code, message }) =>
      code === 'history_unchained' ? [] : [{ code, message }],
    ),
  }
}

function entryJson(entry: HistoryEntry, decisions: boolean): Entry {
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
    // The line is JSON, and so is whatever is in it.
    ...(decisions &&
      entry.decision !== undefined && { decision: entry.decision as Exclude<Entry['decision'], undefined> }),
  }
}
