import { lastWords, type RunRecord, readRun, trainerState } from '@taskclf/runs'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { RunsShow } from '../../../documents/runs.js'
import { EXIT } from '../../../exit-codes.js'
import { runSummary } from '../shared/run-summary.js'
import { runsDirOf } from '../shared/runs-dir.js'
import type { RUNS_SHOW_FLAGS } from './flags.js'

export { text } from './text.js'

/** Everything that the files tell of one run. */
export async function run(
  options: OptionsOf<typeof RUNS_SHOW_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<RunsShow>> {
  const runsDir = runsDirOf(options, context)
  const record = await readRun(runsDir, options.words[0] ?? '')
  const trainer = trainerState(record)
  const { phase, metrics, events } = await lastWords(runsDir, record.id)
  const data: RunsShow = {
    ...runSummary(record),
    bundle_dir: record.bundleDir,
    trainer,
    phase: phase ?? null,
    metrics,
    last_events: events.map((event) => ({ ...event })),
    // Read out of a JSON file.
    manifest: record.status === 'damaged' ? null : (record.manifest as RunsShow['manifest']),
  }
  return { data, exitCode: EXIT.done, notes: notesOn(record, trainer) }
}

function notesOn({ id, status }: RunRecord, trainer: RunsShow['trainer']): Note[] {
  if (status !== 'orphaned') return []
  const rest =
    trainer === 'alive'
      ? `its trainer still works, and nobody waits for it: taskclf runs cancel ${id} ends it`
      : 'its trainer is gone too, as far as can be told'
  const message = `the program that watched over this run was killed; ${rest}`
  return [{ level: 'warning', code: 'orphaned', message }]
}
