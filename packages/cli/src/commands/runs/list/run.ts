import { type RunsList, toRunJson } from '@taskclf/documents'
import { listRuns } from '@taskclf/runs'
import { type Column, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { runsDirOf } from '../shared/runs-dir.js'
import type { runsList } from './command.js'

/** Reads every run's manifest; one that cannot be read is listed as damaged. */
export async function run(
  options: OptionsFor<typeof runsList>,
  context: Context,
): Promise<Outcome<RunsList>> {
  const runsDir = runsDirOf(options, context)
  const runs = (await listRuns(runsDir)).map(toRunJson).sort(newestFirst)
  const none = { level: 'note', code: 'no_runs', message: `there are no runs in ${runsDir}` } as const
  return {
    data: { runs_dir: runsDir, runs },
    exitCode: EXIT.done,
    notes: runs.length === 0 ? [none] : [],
  }
}

type Row = RunsList['runs'][number]

/** By the time they started; what does not say when comes last. */
function newestFirst(a: Row, b: Row): number {
  const [x, y] = [a.started_at ?? '', b.started_at ?? '']
  if (x !== y) return x > y ? -1 : 1
  return a.run_id > b.run_id ? -1 : 1
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'run_id', cell: (run) => run.run_id },
  { name: 'status', cell: (run) => run.status },
  { name: 'started_at', cell: (run) => run.started_at, cut: { min: 16, where: 'time' } },
  {
    name: 'seconds',
    cell: (run) => (run.duration_ms === null ? null : (run.duration_ms / 1000).toFixed(1)),
    align: 'right',
  },
  { name: 'trainer', cell: (run) => run.profile ?? run.command.join(' '), cut: { min: 12, where: 'end' } },
  { name: 'model_id', cell: (run) => run.model_id },
  { name: 'code', cell: (run) => run.code },
]

/** The runs as a table. */
export function text({ runs }: RunsList, terminal: Terminal): string {
  return runs.length === 0 ? '' : renderTable(runs, COLUMNS, terminal)
}
