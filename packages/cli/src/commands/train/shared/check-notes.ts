import type { RetrainCheck } from '@taskclf/promotion'
import type { Note } from '../../../command.js'

/** What was not taken for the newest: a bundle dated ahead would hold up retraining for as long, one that is not valid serves nobody. */
export function checkNotes({ fromTheFuture, invalid, damagedRuns }: RetrainCheck): Note[] {
  const ahead = `dated more than a day ahead, and not taken for the newest: ${fromTheFuture.join(', ')}`
  const broken = `not valid, and not taken for the newest: ${invalid.join(', ')}; taskclf doctor says why`
  const unread = `runs whose record cannot be read, so that nobody knows when they ended: ${damagedRuns.join(', ')}`
  return [
    ...(damagedRuns.length > 0 ? [{ level: 'warning', code: 'damaged_runs', message: unread } as const] : []),
    ...(fromTheFuture.length > 0
      ? [{ level: 'warning', code: 'from_the_future', message: ahead } as const]
      : []),
    ...(invalid.length > 0 ? [{ level: 'warning', code: 'invalid_bundles', message: broken } as const] : []),
  ]
}
