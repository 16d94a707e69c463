import { type RollbackOptions, readmitModel, rollbackActive, withdrawModel } from '@taskclf/active-pointer'
import { activateBest, weighBest } from '@taskclf/infer-resolver'
import type { ModelsDir } from '@taskclf/registry-core'
import { activateModel } from './activate-model.js'
import type { Asked, Registry, Writes } from './registry.js'

/** The verbs of a registry that decide which model is active. */
export type Switches = Pick<
  Registry,
  'select' | 'activateBest' | 'activate' | 'rollback' | 'withdraw' | 'readmit'
>

/** Makes those verbs of what was asked of the registry as a whole. */
export function switchesOf(dir: ModelsDir, asked: Asked, writes: Writes): Switches {
  const { checks } = asked
  return {
    select: () => weighBest(dir, asked),
    activateBest: () => activateBest(dir, { ...asked, ...writes, tryIncumbent: true }),
    activate: (modelId, how = {}) => activateModel(dir, modelId, { ...asked, ...writes, ...how }),
    rollback: (how = {}) => rollback(dir, { ...writes, ...(checks && { checks }), ...how }),
    withdraw: (modelId, how = {}) => withdrawModel(dir, modelId, { ...writes, ...how }),
    readmit: (modelId, how = {}) => readmitModel(dir, modelId, { ...writes, ...how }),
  }
}

/** The history says how far back was asked for. */
function rollback(dir: ModelsDir, options: RollbackOptions) {
  const { steps = 1, toRevision } = options
  const asked = toRevision === undefined ? { steps } : { to_revision: toRevision }
  return rollbackActive(dir, { ...options, decision: { kind: 'rollback', ...asked } })
}
