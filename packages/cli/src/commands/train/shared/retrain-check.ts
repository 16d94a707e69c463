import type { RetrainCheck } from '@taskclf/promotion'
import type { Note } from '../../../command.js'
import type { TrainRetrain } from '../../../documents/promotion.js'

/** Whether a retraining is due, as documents have it. */
export function checkData(check: RetrainCheck): NonNullable<TrainRetrain['check']> {
  const { due, code, message, newest, dueAt, fromTheFuture } = check
  return {
    due,
    code,
    message,
    newest:
      newest === undefined ? null : { model_id: newest.modelId, created_at: newest.createdAt.toISOString() },
    due_at: dueAt?.toISOString() ?? null,
    from_the_future: [...fromTheFuture],
  }
}

/** A bundle dated ahead would hold up retraining for as long. */
export function checkNotes({ fromTheFuture }: RetrainCheck): Note[] {
  if (fromTheFuture.length === 0) return []
  const message = `dated more than a day ahead, and not taken for the newest: ${fromTheFuture.join(', ')}`
  return [{ level: 'warning', code: 'from_the_future', message }]
}
