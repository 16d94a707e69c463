import { type RunsShow, toRunJson } from '@taskclf/documents'
import { lastWords, type RunEvent, type RunRecord, readRun, trainerState } from '@taskclf/runs'
import {
  escapeText,
  metricsText,
  painter,
  renderFields,
  runEventLine,
  type Terminal,
} from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { findRun } from '../shared/find-run.js'
import type { runsShow } from './command.js'

/** Everything that the files say about one run. */
export async function run(
  options: OptionsFor<typeof runsShow>,
  context: Context,
): Promise<Outcome<RunsShow>> {
  const { runsDir, id, notes } = await findRun(options, context)
  const record = await readRun(runsDir, id)
  const trainer = trainerState(record)
  const { phase, metrics, events } = await lastWords(runsDir, record.id)
  const data: RunsShow = {
    ...toRunJson(record),
    bundle_dir: record.bundleDir,
    trainer,
    phase: phase ?? null,
    metrics,
    last_events: events.map((event) => ({ ...event })),
    // Read out of a JSON file.
    manifest: record.status === 'damaged' ? null : (record.manifest as RunsShow['manifest']),
  }
  return { data, exitCode: EXIT.done, notes: [...notes, ...notesOn(record, trainer)] }
}

function notesOn({ id, status }: RunRecord, trainer: RunsShow['trainer']): Note[] {
  if (status !== 'orphaned') return []
  const rest =
    trainer === 'alive'
      ? `its trainer still works, and nobody waits for it: taskclf runs cancel ${id} ends it`
      : 'its trainer is gone too, as far as can be seen'
  const message = `the program that watched over this run was killed; ${rest}`
  return [{ level: 'warning', code: 'orphaned', message }]
}

/** One run: its state, what it was, and its last words. */
export function text(data: RunsShow, terminal: Terminal): string {
  const events = data.last_events.map(
    (event) => `${escapeText(runEventLine(event as unknown as RunEvent))}\n`,
  )
  const rest = events.length === 0 ? '' : `\n${painter(terminal).bold('Last events')}\n${events.join('')}`
  return renderFields(fieldsOf(data)) + rest
}

function fieldsOf(data: RunsShow): [string, string | null][] {
  const took = data.duration_ms === null ? null : `${(data.duration_ms / 1000).toFixed(1)} s`
  const code = data.code === null ? '' : ` (${data.code})`
  const all: [string, string | null][] = [
    ['run', data.run_id],
    ['status', data.status + code],
    ['because', data.message],
    ['started', data.started_at],
    ['ended', data.ended_at],
    ['took', took],
    ['profile', data.profile],
    ['command', data.command.join(' ')],
    ['trainer', data.trainer === 'none' ? null : data.trainer],
    ['phase', data.phase],
    ['metrics', metricsText(data.metrics)],
    ['model_id', data.model_id],
    ['bundle', data.bundle_dir],
  ]
  return all.filter(([, value]) => value !== null && value !== '')
}
