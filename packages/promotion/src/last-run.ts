import { listRuns } from '@taskclf/runs'

/** The last run that trained a candidate. */
export interface LastRun {
  runId: string
  startedAt: Date
  endedAt: Date
}

/** What the runs say of when was trained last. */
export interface RunsView {
  last: LastRun | undefined
  /** Runs whose record, or whose times, cannot be read: when they ended nobody knows. */
  damaged: readonly string[]
  /** Runs that ended after `until`, as they say: they delay nothing. */
  fromTheFuture: readonly string[]
}

/**
 * The last run that ended with a candidate, up to a time, whatever became of that. A trainer that failed, or was cancelled, trained nothing.
 *
 * @throws RunsError `store_failed` when the directory cannot be read.
 */
export async function lastRunOf(runsDir: string, until: Date): Promise<RunsView> {
  const runs = await listRuns(runsDir)
  const damaged: string[] = []
  const fromTheFuture: string[] = []
  let last: LastRun | undefined
  for (const run of runs) {
    if (run.status === 'damaged') damaged.push(run.id)
    if (run.status !== 'succeeded') continue
    const { started_at, ended_at = '' } = run.manifest
    const [startedAt, endedAt] = [new Date(started_at), new Date(ended_at)]
    if (Number.isNaN(startedAt.getTime()) || Number.isNaN(endedAt.getTime())) damaged.push(run.id)
    else if (endedAt > until) fromTheFuture.push(run.id)
    else if (last === undefined || endedAt > last.endedAt) last = { runId: run.id, startedAt, endedAt }
  }
  return { last, damaged, fromTheFuture }
}
