import type { Bundle } from '@taskclf/registry-core'
import { type Gate, type MetricKey, metricValue, type Policy } from '@taskclf/selection-policy'
import type { ReportMetric, ReportValue } from './registry-report.js'

/** Every metric that a policy names, once. */
export function reportMetrics({ rank_by, gates }: Policy): ReportMetric[] {
  const ranked = rank_by.filter((key): key is MetricKey => 'metric' in key)
  const names = [...new Set([...ranked, ...gates].map(({ metric }) => metric))]
  return names.map((name) => {
    const order = ranked.find(({ metric }) => metric === name)?.order ?? null
    const bounds = gates.filter(({ metric }) => metric === name).map(({ metric: _, ...bound }) => bound)
    return { name, order, better: betterOf(order, bounds), bounds }
  })
}

type Bounds = readonly Omit<Gate, 'metric'>[]

function betterOf(order: ReportMetric['order'], bounds: Bounds): ReportMetric['better'] {
  if (order !== null) return order === 'desc' ? 'higher' : 'lower'
  const [least, most] = (['min', 'max'] as const).map((side) => bounds.some((bound) => side in bound))
  if (least === most) return null
  return least ? 'higher' : 'lower'
}

/** A bundle's figures by the names of the metrics; of an invalid bundle nothing is taken. */
export function valuesOf(
  bundle: Bundle,
  metrics: readonly ReportMetric[],
): Readonly<Record<string, ReportValue>> {
  // fromEntries defines its keys, so that one named __proto__ stays a key.
  return Object.fromEntries(
    metrics.map(({ name }) => [name, bundle.status === 'valid' ? single(metricValue(bundle, name)) : null]),
  )
}

const single = (value: unknown): ReportValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
