import { readActive, readWithdrawn } from '@taskclf/active-pointer'
import { type LocalBundle, lookAtModelsDir, type ModelsDirLike } from '@taskclf/registry-core'
import { type Policy, type Requirement, type SelectionReport, selectBest } from '@taskclf/selection-policy'
import { readModel } from './read-model.js'

/** One model, judged alone. */
export interface Inspection {
  /** Valid or not. */
  bundle: LocalBundle
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
  modelsDir: ModelsDirLike,
  { policy, requirement }: { policy: Policy; requirement: Requirement },
  modelId: string,
): Promise<Inspection> {
  const look = lookAtModelsDir(modelsDir)
  const bundle = await readModel(look, modelId)
  const pointer = await readActive(look)
  const withdrawn = await readWithdrawn(look, pointer)
  const report = selectBest([bundle], policy, requirement, { withdrawn })
  return { bundle, active: pointer.status === 'valid' && pointer.modelId === bundle.modelId, report }
}
