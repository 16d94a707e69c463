import { lookAtStore, readWithdrawn, type StoreLike } from '@taskclf/active-pointer'
import { readRegistry } from '@taskclf/infer-resolver'
import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import { isCompatible, type Requirement } from '@taskclf/selection-policy'

/** The models that a policy is to be written for. */
export interface PolicyModels {
  all: readonly Bundle[]
  /** What could be selected; all valid ones where none could. */
  usable: readonly ValidBundle[]
  /** The active one, where it is usable. */
  active: ValidBundle | undefined
  withdrawn: readonly string[]
}

/** Reads them; none where there is no place. */
export async function readPolicyModels(
  where: StoreLike | undefined,
  requirement: Requirement,
): Promise<PolicyModels> {
  if (where === undefined) return { all: [], usable: [], active: undefined, withdrawn: [] }
  const store = lookAtStore(where)
  const { active, bundles: all } = await readRegistry(store)
  const withdrawn = await readWithdrawn(store, active)
  const valid = all.filter((bundle) => bundle.status === 'valid')
  const fitting = valid.filter(
    (bundle) => isCompatible(bundle, requirement).compatible && !withdrawn.includes(bundle.modelId),
  )
  const usable = fitting.length > 0 ? fitting : valid
  const id = active.status === 'valid' ? active.modelId : undefined
  return { all, usable, active: usable.find(({ modelId }) => modelId === id), withdrawn }
}
