import { lookAtStore, readWithdrawn, type StoreLike } from '@taskclf/active-pointer'
import type { Bundle } from '@taskclf/registry-core'
import { type Policy, type Requirement, type SelectionReport, selectBest } from '@taskclf/selection-policy'
import { readModel } from './read-model.js'

/** One model, judged alone. */
export interface Inspection {
  /** Valid or not. */
  bundle: Bundle
  active: boolean
  /** The selection among this one: it is the best, or there is why not. */
  report: SelectionReport
}

/**
 * Reads one bundle and judges it alone.
 *
 * @throws As {@link readModel}.
 */
export async function inspectModel(
  where: StoreLike,
  { policy, requirement }: { policy: Policy; requirement: Requirement },
  modelId: string,
): Promise<Inspection> {
  const look = lookAtStore(where)
  const bundle = await readModel(look, modelId)
  const pointer = await look.pointer.read()
  const withdrawn = await readWithdrawn(look, pointer)
  const report = selectBest([bundle], policy, requirement, { withdrawn })
  return { bundle, active: pointer.status === 'valid' && pointer.modelId === bundle.modelId, report }
}
