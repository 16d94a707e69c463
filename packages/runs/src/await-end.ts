import { readRun } from './read-run.js'
import { tailEvents } from './tail-events.js'

const MARGIN_MS = 5_000
/** A timer of more would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Waits until a run that was asked to end is over: its grace at most, and a moment to record the outcome. A runner that was stopped
 * itself may not answer: the run then still is `running`.
 *
 * @throws RunsError `run_not_found`, `invalid_run_id`.
 * @example
 * ```ts
 * if ((await cancelRun('runs', id)) === 'requested') await awaitEnd('runs', id)
 * ```
 */
export async function awaitEnd(runsDir: string, id: string): Promise<void> {
  const run = await readRun(runsDir, id)
  if (run.status !== 'running') return
  const signal = AbortSignal.timeout(Math.min(run.manifest.spec.grace_ms + MARGIN_MS, LONGEST_TIMER_MS))
  for await (const event of tailEvents(runsDir, id, { follow: true, signal }))
    if (event.type === 'ended') return
}
