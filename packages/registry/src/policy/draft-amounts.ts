import type { ValidBundle } from '@taskclf/registry-core'
import {
  defaultTolerance,
  formatDecimal,
  type Gate,
  type MetricKey,
  metricValue,
  plainName,
  subtractDecimal,
} from '@taskclf/selection-policy'
import type { PolicyNote } from './policy-note.js'

/** The part of a figure that is little, where nothing says what is. */
const LITTLE = 0.02

/** How much worse a model may be in a metric, and how that was found. */
export interface ToleranceDraft {
  tolerance: number
  from: string
}

/**
 * What is little in a metric: for the fractions of the metrics contract what it says, else 2 % of what a model has, to one
 * digit; without a model nothing.
 */
export function draftTolerance({ metric }: MetricKey, model: ValidBundle | undefined): ToleranceDraft {
  const known = defaultTolerance(metric)
  if (known !== undefined)
    return { tolerance: known, from: 'as for every fraction that the metrics contract names' }
  const value = model && numberOf(model, metric)
  if (model === undefined || value === undefined)
    return { tolerance: 0, from: 'there is no model to measure what is little by' }
  const tolerance = Number((Math.abs(value) * LITTLE).toPrecision(1))
  return { tolerance, from: `2 % of the ${value} of ${model.modelId}, to one digit` }
}

/** Gates at what the active model reaches in each metric that is ranked by, less what is little. */
export function draftGates(
  keys: readonly MetricKey[],
  active: ValidBundle,
): { gates: Gate[]; notes: PolicyNote[] } {
  const drafts = keys.flatMap((key) => {
    const gate = gateOf(key, active)
    return gate === undefined ? [] : [gate]
  })
  return { gates: drafts.map(({ gate }) => gate), notes: drafts.map(({ note }) => note) }
}

function gateOf(key: MetricKey, active: ValidBundle): { gate: Gate; note: PolicyNote } | undefined {
  const { metric, order } = key
  const value = numberOf(active, metric)
  if (value === undefined) return undefined
  const { tolerance } = draftTolerance(key, active)
  const bound = boundAt(value, order === 'desc' ? tolerance : -tolerance, metric)
  if (!Number.isFinite(bound)) return undefined
  const gate: Gate = order === 'desc' ? { metric, min: bound } : { metric, max: bound }
  const form = `${plainName(metric)} ${order === 'desc' ? '>=' : '<='} ${bound}`
  const message = `gate ${form}: the active model ${active.modelId} has ${value}, and ${tolerance} worse is little`
  return { gate, note: { level: 'note', code: 'gate', message } }
}

/** In decimal; a bound of a fraction must be one. */
function boundAt(value: number, less: number, metric: string): number {
  const bound = Number(formatDecimal(subtractDecimal(value, less)))
  return defaultTolerance(metric) === undefined ? bound : Math.min(1, Math.max(0, bound))
}

function numberOf(bundle: ValidBundle, metric: string): number | undefined {
  const value = metricValue(bundle, metric)
  return typeof value === 'number' ? value : undefined
}
