import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { collectBundles } from '@taskclf/registry-core'
import { type BundleMetric, countMetrics } from '@taskclf/selection-policy'

/**
 * Every number that a policy could name, of the valid bundles; the most frequent first.
 *
 * @example
 * ```ts
 * await listMetrics('models') // [{ metric: 'auc', have: 3, of: 3 }, { metric: 'log_loss', have: 2, of: 3 }]
 * ```
 */
export async function listMetrics(where: StoreLike): Promise<BundleMetric[]> {
  const bundles = await collectBundles(lookAtStore(where).bundles)
  return countMetrics(bundles.filter((bundle) => bundle.status === 'valid'))
}
