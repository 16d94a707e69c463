import { readHistory, type StoreLike, storeOf } from '@taskclf/active-pointer'
import { resolveModelDir } from '@taskclf/infer-resolver'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { diffBundles } from './diff-bundles.js'
import { entryAt } from './entry-at.js'
import { readModel } from './read-model.js'
import type { Registry, RegistryOptions } from './registry.js'
import { requireLocal } from './require-local.js'

/**
 * Opens the registry in a models dir, or in another store.
 *
 * @param where the models dir, or a store
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const registry = await openRegistry('models', { actor: 'ci' })
 * const { switched, decision } = await registry.activateBest()
 * console.log(switched?.pointer.model_id ?? decision.message)
 * ```
 */
export async function openRegistry(where: StoreLike, options: RegistryOptions = {}): Promise<Registry> {
  const store = storeOf(where)
  // A caller that gives a place where nothing is gets the error at once.
  store.look()
  const { policy = DEFAULT_POLICY, requirement = {}, checks, actor, now, lock } = options
  const asked = { policy, requirement, ...(checks && { checks }) }
  const writes = { ...(actor !== undefined && { actor }), ...(now && { now }), ...(lock && { lock }) }
  const serves = {
    modelsDir: store,
    ...asked,
    ...(actor !== undefined && { actor }),
    ...(now && { now }),
  }
  // Loaded when it is asked for: a program that does one thing needs nothing of the others.
  const switches = async () => (await import('./switches.js')).switchesOf(store, asked, writes)
  const publishing = async () => (await import('./publishing.js')).publishingOf(store, asked, writes)
  return {
    location: store.location,
    list: async () => (await import('./list/list-models.js')).listModels(store, asked),
    overview: async (how) => (await import('./list/overview.js')).overview(store, asked, how),
    find: async (text) => (await import('./find-model-id.js')).findModelId(store.look(), text),
    read: (modelId) => readModel(store.look(), modelId),
    fetch: (bundle) => store.look().bundles.fetch(bundle),
    inspect: async (modelId) => (await import('./inspect-model.js')).inspectModel(store, asked, modelId),
    select: async () => (await import('./select.js')).weighBest(store, asked),
    activateBest: async () => (await switches()).activateBest(),
    activate: async (modelId, how) => (await switches()).activate(modelId, how),
    rollback: async (how) => (await switches()).rollback(how),
    withdraw: async (modelId, how) => (await switches()).withdraw(modelId, how),
    readmit: async (modelId, how) => (await switches()).readmit(modelId, how),
    active: async (moment) => (await import('./active-at.js')).activeAt(store, moment),
    history: async () => {
      const look = store.look()
      return { ...(await readHistory(look)), location: look.location }
    },
    at: async (moment) => entryAt((await readHistory(store)).entries, moment),
    status: async () => (await import('./status/registry-status.js')).registryStatus(store, asked),
    why: async (subject) => (await import('./why/explain.js')).explain(store, asked, subject),
    report: async () => (await import('./report/report-registry.js')).reportRegistry(store, asked),
    diff: async (modelId, otherId) => {
      const look = store.look()
      return diffBundles(await readModel(look, modelId), await readModel(look, otherId))
    },
    examine: async (how = {}) =>
      (await import('./examine/examine-registry.js')).examineRegistry(
        requireLocal(store.look(), 'files to examine'),
        asked,
        how,
      ),
    repair: async (how = {}) =>
      (await import('./repair/repair-registry.js')).repairRegistry(
        requireLocal(store.look(), 'files to repair'),
        { ...asked, ...writes },
        how,
      ),
    verify: async (how) =>
      (await import('./verify-models.js')).verifyModels(store, { ...(checks && { checks }), ...how }),
    promote: async (candidateDir, how) => (await publishing()).promote(candidateDir, how),
    retrain: async (how) => (await publishing()).retrain(how),
    checkRetrain: async (how) => (await import('./check-retrain.js')).checkRetrain(store, how, now),
    refreshIndex: async () => (await publishing()).refreshIndex(),
    resolve: (how = {}) => resolveModelDir({ ...serves, ...how }),
    reloader: async (how) => (await import('./follow.js')).createModelReloader({ ...serves, ...how }),
  }
}
