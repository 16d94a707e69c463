import type { ValidBundle } from '@taskclf/registry-core'
import { metricValue } from './metric-value.js'
import { metricPaths, nearestMetric, whatItHas } from './nearest-metric.js'
import type { MetricKey } from './policy.js'
import { rankedNumber } from './rank.js'
import { plainName, quote, type Reason } from './reason.js'

/**
 * One reason for each metric that the ranking requires and the bundle does not have as a finite number. Without it
 * nothing says how the bundle ranks, and the names would decide.
 */
export function metricReasons(bundle: ValidBundle, required: readonly MetricKey[]): Reason[] {
  return required.flatMap(({ metric }) =>
    rankedNumber(bundle, metric) === undefined ? [absent(bundle, metric)] : [],
  )
}

function absent(bundle: ValidBundle, metric: string): Reason {
  const value = metricValue(bundle, metric)
  const name = plainName(metric)
  const plain = { stage: 'metrics', code: 'metric_absent', metric } as const
  if (value !== undefined) {
    const message = `${name} is ${quote(value)}, not a finite number, and the policy ranks by it`
    return { ...plain, message, value }
  }
  const paths = metricPaths(bundle, 'number')
  const nearest = nearestMetric(metric, paths)
  const message = `${name} is absent, and the policy ranks by it; ${whatItHas(nearest, paths)}`
  return { ...plain, message, ...(nearest !== undefined && { nearest }) }
}
