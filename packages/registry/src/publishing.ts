import { readWithdrawn } from '@taskclf/active-pointer'
import { checkRetrainDue, promote, refreshIndex, retrain } from '@taskclf/promotion'
import type { ModelsDir } from '@taskclf/registry-core'
import { promotedOf } from './promoted.js'
import type { Asked, Registry, Writes } from './registry.js'

/** The verbs of a registry that bring models into it. */
export type Publishing = Pick<Registry, 'promote' | 'retrain' | 'checkRetrain' | 'refreshIndex'>

/** Makes those verbs of what was asked of the registry as a whole. */
export function publishingOf(dir: ModelsDir, asked: Asked, writes: Writes): Publishing {
  const { now = () => new Date() } = writes
  return {
    promote: async (candidateDir, how = {}) => {
      const modelsDir = dir.look()
      return promotedOf(modelsDir, await promote({ modelsDir, candidateDir, ...asked, ...writes, ...how }))
    },
    retrain: async (how) => {
      const modelsDir = dir.look()
      const { promotion, ...result } = await retrain({ modelsDir: dir, ...asked, ...writes, ...how })
      return { ...result, modelsDir, ...(promotion && { promotion: await promotedOf(modelsDir, promotion) }) }
    },
    checkRetrain: async (cadence) => {
      const modelsDir = dir.look()
      return { ...(await checkRetrainDue({ modelsDir, now, ...cadence })), modelsDir }
    },
    refreshIndex: async () => {
      const look = dir.look()
      const { policy, requirement } = asked
      const withdrawn = await readWithdrawn(look)
      return { modelsDir: look, report: await refreshIndex(look, policy, requirement, { withdrawn, now }) }
    },
  }
}
