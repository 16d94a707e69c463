import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { type Cadence, checkRetrainDue, type RetrainCheck } from '@taskclf/promotion'

/** Whether a retraining is due in this registry, and why. */
export async function checkRetrain(
  store: StoreLike,
  cadence: Cadence,
  now: () => Date = () => new Date(),
): Promise<RetrainCheck & { location: string }> {
  const look = lookAtStore(store)
  return { ...(await checkRetrainDue({ modelsDir: look, now, ...cadence })), location: look.location }
}
