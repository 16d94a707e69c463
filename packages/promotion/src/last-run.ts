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
  /** Runs whose record cannot be read: when they ended nobody knows. */
  damaged: readonly string[]
}

/**
 * The last run that ended with a candidate, whatever became of that. A trainer that failed, or was cancelled, trained nothing.
 *
 * @throws RunsError `store_failed` when the directory cannot be read.
 */
export async function lastRunOf(runsDir: string): Promise<RunsView> {
  const runs = await listRuns(runsDir)
  const damaged = runs.filter(({ status }) => status === 'damaged').map(({ id }) => id)
  let last: LastRun | undefined
  for (const run of runs) {
    if (run.status !== 'succeeded' || run.manifest.ended_at === undefined) continue
    const [startedAt, endedAt] = [new Date(run.manifest.started_at), new Date(run.manifest.ended_at)]
    if (last === undefined || endedAt > last.endedAt) last = { runId: run.id, startedAt, endedAt }
  }
  return { last, damaged }
}
