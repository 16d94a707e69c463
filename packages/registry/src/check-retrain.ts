import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import {
  type Cadence,
  checkRetrainDue,
  type RetrainCheck,
  type RetrainCheckOptions,
} from '@taskclf/promotion'

/** How often a retraining is due, and what delays it besides. */
export type RetrainCheckHow = Cadence & Pick<RetrainCheckOptions, 'runsDir' | 'retryAfterMs'>

/** Whether a retraining is due in this registry, and why. */
export async function checkRetrain(
  store: StoreLike,
  how: RetrainCheckHow,
  now: () => Date = () => new Date(),
): Promise<RetrainCheck & { location: string }> {
  const look = lookAtStore(store)
  return { ...(await checkRetrainDue({ modelsDir: look, now, ...how })), location: look.location }
}
