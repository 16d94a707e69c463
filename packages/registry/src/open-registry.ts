import {
  type RollbackOptions,
  readHistory,
  readmitModel,
  readWithdrawn,
  rollbackActive,
  withdrawModel,
} from '@taskclf/active-pointer'
import { activateBest, createModelReloader, resolveModelDir, weighBest } from '@taskclf/infer-resolver'
import { type ModelsDir, openModelsDir } from '@taskclf/registry-core'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { activateModel } from './activate-model.js'
import { diffBundles } from './diff-bundles.js'
import { entryAt } from './entry-at.js'
import { listModels } from './list-models.js'
import { readModel } from './read-model.js'
import type { Registry, RegistryOptions } from './registry.js'
import { verifyModels } from './verify-models.js'

/**
 * Opens the registry in a models dir.
 *
 * @param location the models dir
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const registry = await openRegistry('models', { actor: 'ci' })
 * const { switched, decision } = await registry.activateBest()
 * console.log(switched?.pointer.model_id ?? decision.message)
 * ```
 */
export async function openRegistry(location: string, options: RegistryOptions = {}): Promise<Registry> {
  const dir = openModelsDir(location)
  const { policy = DEFAULT_POLICY, requirement = {}, checks, actor, now, lock } = options
  const asked = { policy, requirement, ...(checks && { checks }) }
  const writes = { ...(actor !== undefined && { actor }), ...(now && { now }), ...(lock && { lock }) }
  const serves = {
    modelsDir: dir.path,
    ...asked,
    ...(actor !== undefined && { actor }),
    ...(now && { now }),
  }
  return {
    location: dir.path,
    list: () => listModels(dir, asked),
    read: (modelId) => readModel(dir.look(), modelId),
    select: () => weighBest(dir, asked),
    activateBest: () => activateBest(dir, { ...asked, ...writes, tryIncumbent: true }),
    activate: (modelId, how = {}) => activateModel(dir, modelId, { ...asked, ...writes, ...how }),
    rollback: (how = {}) => rollback(dir, { ...writes, ...(checks && { checks }), ...how }),
    withdraw: (modelId, how = {}) => withdrawModel(dir, modelId, { ...writes, ...how }),
    readmit: (modelId, how = {}) => readmitModel(dir, modelId, { ...writes, ...how }),
    history: async () => {
      const modelsDir = dir.look()
      return { ...(await readHistory(modelsDir)), modelsDir }
    },
    at: async (moment) => entryAt((await readHistory(dir)).entries, moment),
    why: async (subject) => {
      const { explain } = await import('./why/explain.js')
      return explain(dir, asked, subject)
    },
    diff: async (modelId, otherId) => {
      const look = dir.look()
      return diffBundles(await readModel(look, modelId), await readModel(look, otherId))
    },
    examine: async (how = {}) => {
      const { examineRegistry } = await import('./examine/examine-registry.js')
      return examineRegistry(dir, asked, how)
    },
    repair: async (how = {}) => {
      const { repairRegistry } = await import('./repair/repair-registry.js')
      return repairRegistry(dir, { ...asked, ...writes }, how)
    },
    verify: (how = {}) => verifyModels(dir, { ...(checks && { checks }), ...how }),
    promote: async (candidateDir, how = {}) => {
      const { promote } = await promoting()
      return promote({ modelsDir: dir, candidateDir, ...asked, ...writes, ...how })
    },
    resolve: (how = {}) => resolveModelDir({ ...serves, ...how }),
    reloader: (how) => createModelReloader({ ...serves, ...how }),
    refreshIndex: async () => {
      const { refreshIndex } = await promoting()
      const look = dir.look()
      const withdrawn = await readWithdrawn(look)
      return refreshIndex(look, policy, requirement, { withdrawn, now: now ?? (() => new Date()) })
    },
  }
}

/** Loaded when it is asked for: who only reads needs nothing of it. */
const promoting = () => import('@taskclf/promotion')

/** The history says how far back was asked for. */
function rollback(dir: ModelsDir, options: RollbackOptions) {
  const { steps = 1, toRevision } = options
  const asked = toRevision === undefined ? { steps } : { to_revision: toRevision }
  return rollbackActive(dir, { ...options, decision: { kind: 'rollback', ...asked } })
}
