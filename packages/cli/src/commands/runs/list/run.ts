import { listRuns } from '@taskclf/runs'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { RunsList } from '../../../documents/runs.js'
import { EXIT } from '../../../exit-codes.js'
import { runSummary } from '../shared/run-summary.js'
import { runsDirOf } from '../shared/runs-dir.js'
import type { RUNS_LIST_FLAGS } from './flags.js'

export { text } from './text.js'

/** Reads every run's manifest; one that cannot be read is listed as damaged. */
export async function run(
  options: OptionsOf<typeof RUNS_LIST_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<RunsList>> {
  const runsDir = runsDirOf(options, context)
  const runs = (await listRuns(runsDir)).map(runSummary).sort(newestFirst)
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
