/** How a run can end. */
export const RUN_OUTCOMES = [
  'succeeded',
  'failed',
  'killed',
  'timed_out',
  'cancelled',
  'spawn_failed',
] as const

/** One of {@link RUN_OUTCOMES}. */
export type RunOutcome = (typeof RUN_OUTCOMES)[number]

/** Which state a run is in. `orphaned`: its runner is gone and left no outcome. `damaged`: its manifest cannot be read. */
export type RunStatus = 'running' | RunOutcome | 'orphaned' | 'damaged'
