import { readWithdrawn } from '@taskclf/active-pointer'
import { refreshIndex } from '@taskclf/promotion'
import { listBundles, type ModelsDirLook } from '@taskclf/registry-core'
import type { Policy, Requirement } from '@taskclf/selection-policy'
import { indexStanding } from '../examine/index-state.js'
import type { RepairStep } from './repair-step.js'

/** How the index selects, and what time it is. */
export interface IndexOptions {
  policy: Policy
  requirement: Requirement
  now: () => Date
}

const FOUND = {
  absent: 'there was no index.json',
  stale: 'index.json listed other models than are there',
  unusable: 'index.json could not be read as an index',
}

/** Writes an index that is absent, damaged or stale. */
export async function refreshStaleIndex(
  dir: ModelsDirLook,
  { policy, requirement, now }: IndexOptions,
): Promise<RepairStep[]> {
  const standing = indexStanding(dir, await listBundles(dir))
  if (standing === 'current') return []
  const withdrawn = await readWithdrawn(dir)
  const { ranked, excluded } = await refreshIndex(dir, policy, requirement, { withdrawn, now })
  const message = `${FOUND[standing]}; it was written, and lists ${ranked.length + excluded.length}`
  return [{ step: 'index', outcome: 'repaired', code: `index_${standing}`, message }]
}
