import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { collectBundles, requireReadable } from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  type Policy,
  type Requirement,
  type SelectionReport,
  type SelectOptions,
  selectBest,
} from '@taskclf/selection-policy'

/** How {@link findBestModel} reads and selects. */
export interface FindOptions extends SelectOptions {
  /** Read unchanged bundles from `index.json`; the answer is the same. */
  readonly useIndex?: boolean
}

/**
 * Scans a models dir and selects: every bundle, then `selectBest`.
 *
 * @throws RegistryError when the models dir itself cannot be read; `io` when a bundle cannot, for a reason of the
 * environment. Bad bundles are exclusions, not errors.
 * @example
 * ```ts
 * const { hash } = await readFeatureSchema('feature-schema.json')
 * const report = await findBestModel('models', DEFAULT_POLICY, { schemas: [{ hash }] })
 * report.best?.bundle.location
 * ```
 */
export async function findBestModel(
  where: StoreLike,
  policy: Policy = DEFAULT_POLICY,
  requirement: Requirement = {},
  options: FindOptions = {},
): Promise<SelectionReport> {
  const { useIndex, ...select } = options
  const bundles = await collectBundles(lookAtStore(where).bundles, useIndex === undefined ? {} : { useIndex })
  requireReadable(bundles)
  return selectBest(bundles, policy, requirement, select)
}
