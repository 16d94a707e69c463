import { type RunEvent, type RunRecord, readRun, tailEvents, trainerState } from '@taskclf/runs'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { RunsShow } from '../../../documents/runs.js'
import { EXIT } from '../../../exit-codes.js'
import { runSummary } from '../shared/run-summary.js'
import { runsDirOf } from '../shared/runs-dir.js'
import type { RUNS_SHOW_FLAGS } from './flags.js'

export { text } from './text.js'

const LAST_EVENTS = 10

/** Everything that the files tell of one run. */
export async function run(
  options: OptionsOf<typeof RUNS_SHOW_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<RunsShow>> {
  const runsDir = runsDirOf(options, context)
  const record = await readRun(runsDir, options.words[0] ?? '')
  const trainer = trainerState(record)
  const data: RunsShow = {
    ...runSummary(record),
    bundle_dir: record.bundleDir,
    trainer,
    ...(await said(tailEvents(runsDir, record.id))),
    // Read out of a JSON file.
    manifest: record.status === 'damaged' ? null : (record.manifest as RunsShow['manifest']),
  }
  return { data, exitCode: EXIT.done, notes: notesOn(record, trainer) }
}

/** What the trainer said last of everything, without holding all it ever said. */
async function said(
  events: AsyncIterable<RunEvent>,
): Promise<Pick<RunsShow, 'phase' | 'metrics' | 'last_events'>> {
  const metrics: Record<string, number> = {}
  const last: RunEvent[] = []
  let phase: string | null = null
  for await (const event of events) {
    if (event.type === 'phase') phase = event.name
    if (event.type === 'metrics') Object.assign(metrics, event.values)
    if (event.type === 'ended') continue
    last.push(event)
    if (last.length > LAST_EVENTS) last.shift()
  }
  return { phase, metrics, last_events: last.map((event) => ({ ...event })) }
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
