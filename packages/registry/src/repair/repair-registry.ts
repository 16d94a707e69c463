import type { SwitchOptions } from '@taskclf/active-pointer'
import { errnoOf } from '@taskclf/durable-fs'
import { TaskclfError } from '@taskclf/errors'
import { lookAtActive } from '@taskclf/infer-resolver'
import { clearStaging } from '@taskclf/promotion'
import {
  type BundleChecks,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
} from '@taskclf/registry-core'
import type { Policy, Requirement } from '@taskclf/selection-policy'
import { count } from '../examine/examination.js'
import {
  type ExamineOptions,
  examineRegistry,
  type RegistryExamination,
} from '../examine/examine-registry.js'
import { refreshStaleIndex } from './refresh-stale-index.js'
import { breakLocks, clearLeftovers } from './repair-locks.js'
import type { Confirm, RepairStep, RepairStepName } from './repair-step.js'
import { restorePointer } from './restore-pointer.js'

/** How to repair, and what is examined after. */
export interface RepairOptions extends ExamineOptions {
  /** Asked before a lock is broken, and before a pointer is written that nothing confirms. Default: neither is done. */
  confirm?: Confirm
}

/** What was repaired, and what an examination found after. */
export interface RegistryRepair extends RegistryExamination {
  steps: readonly RepairStep[]
}

/** What holds for the registry. */
interface Asked extends Pick<SwitchOptions, 'actor' | 'lock'> {
  policy: Policy
  requirement: Requirement
  checks?: BundleChecks
  now?: () => Date
}

/**
 * Repairs what is safe to repair, one step after the other, and examines what is left. Each step looks for itself and can be ended at
 * any instant; a step that fails keeps none of the others from being tried. No bundle is removed, and no line of the history changed.
 *
 * @throws what {@link examineRegistry} throws; where the system does not say what is active, nothing was repaired.
 */
export async function repairRegistry(
  modelsDir: ModelsDirLike,
  { policy, requirement, checks, actor, lock, now = () => new Date() }: Asked,
  { confirm = () => false, ...examine }: RepairOptions = {},
): Promise<RegistryRepair> {
  const dir = lookAtModelsDir(modelsDir)
  const look = await lookAtActive(dir)
  if (look.state === 'unknown') throw look.error
  const tries = { requirement, ...(checks && { checks }) }
  const writes = { now, ...(actor !== undefined && { actor }), ...(lock && { lock }) }
  const steps = [
    ...(await attempt('locks', () => breakLocks(dir, confirm))),
    ...(await attempt('staging', () => clearStaged(dir))),
    ...(await attempt('leftovers', () => clearLeftovers(dir))),
    ...(await attempt('pointer', () => restorePointer(dir, { ...tries, ...writes }, confirm))),
    ...(await attempt('index', () => refreshStaleIndex(dir, { policy, requirement, now }))),
  ]
  return { ...(await examineRegistry(dir, { policy, ...tries }, examine)), steps }
}

async function clearStaged(dir: ModelsDirLook): Promise<RepairStep[]> {
  const removed = await clearStaging(dir)
  if (removed.length === 0) return []
  const message = `removed ${count(removed.length, 'staged candidate')} of killed promotions: ${removed.join(', ')}`
  return [{ step: 'staging', outcome: 'repaired', code: 'staging_left', message }]
}

/** What a step could not do is said, and the next one is tried. */
async function attempt(step: RepairStepName, act: () => Promise<RepairStep[]>): Promise<RepairStep[]> {
  try {
    return await act()
  } catch (error) {
    const code = error instanceof TaskclfError ? error.code : errnoOf(error)
    if (code === undefined) throw error
    const hint = error instanceof TaskclfError && error.hint !== undefined ? `; ${error.hint}` : ''
    return [{ step, outcome: 'failed', code, message: `${(error as Error).message}${hint}` }]
  }
}
