import type { RetrainCheck } from '@taskclf/promotion'
import type { TrainRetrain } from './promotion.js'

/** Whether a retraining is due. */
export function toCheckJson(check: RetrainCheck): NonNullable<TrainRetrain['check']> {
  const { due, code, message, newest, dueAt, fromTheFuture, invalid, lastRun, damagedRuns } = check
  return {
    due,
    code,
    message,
    newest:
      newest === undefined ? null : { model_id: newest.modelId, created_at: newest.createdAt.toISOString() },
    due_at: dueAt?.toISOString() ?? null,
    from_the_future: [...fromTheFuture],
    invalid: [...invalid],
    last_run:
      lastRun === undefined ? null : { run_id: lastRun.runId, ended_at: lastRun.endedAt.toISOString() },
    damaged_runs: [...damagedRuns],
  }
}
