import {
  type ModelStore,
  type RollbackOptions,
  readmitModel,
  rollbackActive,
  withdrawModel,
} from '@taskclf/active-pointer'
import { activateBest } from '@taskclf/infer-resolver'
import { activateModel } from './activate-model.js'
import type { Asked, Registry, Writes } from './registry.js'

/** The verbs of a registry that decide which model is active. */
export type Switches = Pick<Registry, 'activateBest' | 'activate' | 'rollback' | 'withdraw' | 'readmit'>

/** Makes those verbs of what was asked of the registry as a whole. */
export function switchesOf(store: ModelStore, asked: Asked, writes: Writes): Switches {
  const { checks } = asked
  return {
    activateBest: () => activateBest(store, { ...asked, ...writes, tryActive: true }),
    activate: (modelId, how = {}) => activateModel(store, modelId, { ...asked, ...writes, ...how }),
    rollback: (how = {}) => rollback(store, { ...writes, ...(checks && { checks }), ...how }),
    withdraw: (modelId, how = {}) => withdrawModel(store, modelId, { ...writes, ...how }),
    readmit: (modelId, how = {}) => readmitModel(store, modelId, { ...writes, ...how }),
  }
}

/** The history says how far back was asked for. */
function rollback(store: ModelStore, options: RollbackOptions) {
  const { steps = 1, toRevision } = options
  const asked = toRevision === undefined ? { steps } : { to_revision: toRevision }
  return rollbackActive(store, { ...options, decision: { kind: 'rollback', ...asked } })
}
