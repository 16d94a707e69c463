import { type ActiveState, lookAtStore, readWithdrawn, type StoreLike } from '@taskclf/active-pointer'
import { type Bundle, collectBundles } from '@taskclf/registry-core'
import {
  type Exclusion,
  type Policy,
  type Requirement,
  type SelectionReport,
  selectBest,
} from '@taskclf/selection-policy'

/** A model of a registry, and its place under the policy. */
export interface ListedModel {
  bundle: Bundle
  /** 1 is the best; absent where it is not eligible. */
  rank?: number
  /** Why it is not eligible. */
  exclusion?: Exclusion
  active: boolean
}

/** Every model of a registry at one moment. */
export interface ModelListing {
  active: ActiveState
  /** In the order of their ids. */
  models: readonly ListedModel[]
  report: SelectionReport
}

/** Lists every bundle of a registry, valid or not, with its place under the policy. */
export async function listModels(
  where: StoreLike,
  { policy, requirement }: { policy: Policy; requirement: Requirement },
): Promise<ModelListing> {
  const store = lookAtStore(where)
  const active = await store.pointer.read()
  const withdrawn = await readWithdrawn(store, active)
  // The index spares reading what is unchanged; the list is the same without it.
  const bundles = await collectBundles(store.bundles, { useIndex: true })
  const report = selectBest(bundles, policy, requirement, { withdrawn })
  const ranks = new Map<Bundle, number>(report.ranked.map(({ bundle, rank }) => [bundle, rank]))
  const exclusions = new Map(report.excluded.map((exclusion) => [exclusion.bundle, exclusion]))
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const models = bundles.map((bundle): ListedModel => {
    const [rank, exclusion] = [ranks.get(bundle), exclusions.get(bundle)]
    const isActive = bundle.modelId === activeId
    return {
      bundle,
      ...(rank !== undefined && { rank }),
      ...(exclusion && { exclusion }),
      active: isActive,
    }
  })
  return { active, models, report }
}
