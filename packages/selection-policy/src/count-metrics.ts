import type { ValidBundle } from '@taskclf/registry-core'
import { metricPaths } from './nearest-metric.js'
import { rankedNumber } from './rank.js'
import { plainName } from './reason.js'

/** What the shape of a policy takes for the name of a metric. */
const LONGEST = 200
/** How many names a sentence has room for. */
const MOST_NAMED = 8

/** A number that bundles have. */
export interface BundleMetric {
  metric: string
  /** How many of the bundles have it. */
  have: number
  of: number
}

/**
 * Every number of bundles that a policy could name, the most frequent first, those at the top of `metrics.json` before what
 * is inside of another object.
 *
 * @example
 * ```ts
 * countMetrics(bundles) // [{ metric: 'auc', have: 3, of: 3 }, { metric: 'log_loss', have: 2, of: 3 }]
 * ```
 */
export function countMetrics(bundles: readonly ValidBundle[]): BundleMetric[] {
  const counts = new Map<string, number>()
  for (const bundle of bundles) {
    for (const metric of numbersOf(bundle)) counts.set(metric, (counts.get(metric) ?? 0) + 1)
  }
  const metrics = [...counts].map(([metric, have]) => ({ metric, have, of: bundles.length }))
  return metrics.sort((a, b) => b.have - a.have || depth(a.metric) - depth(b.metric))
}

/**
 * Metrics as part of a sentence, not more than a sentence has room for; undefined when there are none.
 *
 * @example
 * ```ts
 * metricNames(['auc', 'log_loss']) // 'auc, log_loss'
 * ```
 */
export function metricNames(metrics: readonly string[]): string | undefined {
  if (metrics.length === 0) return undefined
  const more = metrics.length > MOST_NAMED ? ', …' : ''
  return `${metrics.slice(0, MOST_NAMED).map(plainName).join(', ')}${more}`
}

function numbersOf(bundle: ValidBundle): Set<string> {
  const paths = metricPaths(bundle, 'number').filter((path) => path !== '' && path.length <= LONGEST)
  return new Set(paths.filter((path) => rankedNumber(bundle, path) !== undefined))
}

const depth = (metric: string): number => metric.split('.').length
