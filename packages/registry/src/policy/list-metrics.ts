import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { collectBundles, type ValidBundle } from '@taskclf/registry-core'
import { metricPaths, metricValue } from '@taskclf/selection-policy'

/** What the shape of a policy takes for the name of a metric. */
const LONGEST = 200

/** A number that bundles have. */
export interface BundleMetric {
  metric: string
  /** How many of the bundles have it. */
  have: number
  of: number
}

/**
 * Every number that a policy could name, the most frequent first, those at the top of `metrics.json` before what is inside of it.
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

/** As {@link listMetrics}, of bundles that were read. */
export function countMetrics(bundles: readonly ValidBundle[]): BundleMetric[] {
  const counts = new Map<string, number>()
  for (const bundle of bundles) {
    for (const metric of numbersOf(bundle)) counts.set(metric, (counts.get(metric) ?? 0) + 1)
  }
  const metrics = [...counts].map(([metric, have]) => ({ metric, have, of: bundles.length }))
  return metrics.sort((a, b) => b.have - a.have || depth(a.metric) - depth(b.metric))
}

function numbersOf(bundle: ValidBundle): Set<string> {
  const paths = metricPaths(bundle, 'number').filter((path) => path !== '' && path.length <= LONGEST)
  return new Set(paths.filter((path) => Number.isFinite(metricValue(bundle, path))))
}

const depth = (metric: string): number => metric.split('.').length
