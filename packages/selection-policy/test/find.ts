import { listBundles } from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  type Policy,
  type Requirement,
  type SelectOptions,
  selectBest,
} from '../src/index.js'

/** The selection over a models dir as it lies on disk. */
export async function find(
  modelsDir: string,
  policy: Policy = DEFAULT_POLICY,
  requirement: Requirement = {},
  { useIndex = false, ...select }: SelectOptions & { useIndex?: boolean } = {},
) {
  return selectBest(await listBundles(modelsDir, { useIndex }), policy, requirement, select)
}
