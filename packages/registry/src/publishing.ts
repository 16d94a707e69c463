import { type ModelStore, readWithdrawn } from '@taskclf/active-pointer'
import { promote, refreshIndex, retrain } from '@taskclf/promotion'
import { promotedOf } from './promoted.js'
import type { Asked, Registry, Writes } from './registry.js'
import { requireLocal } from './require-local.js'

/** The verbs of a registry that bring models into it. */
export type Publishing = Pick<Registry, 'promote' | 'retrain' | 'refreshIndex'>

/** Makes those verbs of what was asked of the registry as a whole. */
export function publishingOf(store: ModelStore, asked: Asked, writes: Writes): Publishing {
  const { now = () => new Date() } = writes
  return {
    promote: async (candidateDir, how = {}) => {
      const look = store.look()
      return promotedOf(look, await promote({ modelsDir: look, candidateDir, ...asked, ...writes, ...how }))
    },
    retrain: async (how) => {
      const look = store.look()
      const { location } = look
      const { promotion, ...result } = await retrain({ modelsDir: store, ...asked, ...writes, ...how })
      return { ...result, location, ...(promotion && { promotion: await promotedOf(look, promotion) }) }
    },
    refreshIndex: async () => {
      const look = store.look()
      const { policy, requirement } = asked
      const withdrawn = await readWithdrawn(look)
      const dir = requireLocal(look, 'an index')
      return {
        location: look.location,
        file: dir.index,
        report: await refreshIndex(dir, policy, requirement, { withdrawn, now }),
      }
    },
  }
}
