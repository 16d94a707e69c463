import type { ValidBundle } from '@taskclf/registry-core'
import { compareDecimal, formatDecimal, subtractDecimal } from './decimal.js'
import { isDerived, metricValue } from './metric-value.js'
import { metricPaths, nearestMetric } from './nearest-metric.js'
import type { Gate, Policy } from './policy.js'
import { type Bound, type GateCode, plainName, quote, type Reason } from './reason.js'

/** How one bundle did at one gate. */
export interface GateResult {
  metric: string
  bound: Bound
  /** What the bundle has; `undefined` when it has nothing. */
  value: unknown
  /** Whether the value was derived by the reader (from the confusion matrix, say) rather than stated. */
  derived: boolean
  passed: boolean
  /** Only when it did not pass. */
  code?: GateCode
  /** Code `metric_absent`: the metric of the bundle that was most likely meant. */
  nearest?: string
  /** How much is missing, as an exact decimal; only for `below_min` and `above_max`. */
  shortfall?: string
}

/** How one bundle did at all gates of a policy, in the policy's order. */
export interface GateResults {
  passed: boolean
  gates: GateResult[]
}

/**
 * Every gate of the policy, applied to one bundle. A metric that is absent, or not of the kind that the bound needs, fails;
 * bounds are inclusive and compared as decimals.
 *
 * @throws RangeError when a bound is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * const { passed, gates } = passesConstraints(bundle, DEFAULT_POLICY)
 * gates.filter((gate) => !gate.passed).map((gate) => `${gate.metric}: short by ${gate.shortfall}`)
 * ```
 */
export function passesConstraints(bundle: ValidBundle, policy: Policy): GateResults {
  const gates = applyGates(bundle, prepareGates(policy))
  return { passed: gates.every((gate) => gate.passed), gates }
}

/** A policy's gates, metric and bound apart. */
export type PreparedGates = readonly { metric: string; bound: Bound }[]

/** Made once for many bundles. */
export function prepareGates(policy: Policy): PreparedGates {
  return policy.gates.map(({ metric, ...bound }: Gate) => ({ metric, bound }))
}

/** Every gate, applied to one bundle. */
export function applyGates(bundle: ValidBundle, gates: PreparedGates): GateResult[] {
  return gates.map(({ metric, bound }) => applyGate(bundle, metric, bound))
}

function applyGate(bundle: ValidBundle, metric: string, bound: Bound): GateResult {
  const value = metricValue(bundle, metric)
  const derived = value !== undefined && isDerived(bundle, metric)
  const failure = judge(value, bound)
  if (failure === undefined) return { metric, bound, value, derived, passed: true }
  const result = { metric, bound, value, derived, passed: false, ...failure }
  if (value !== undefined) return result
  const nearest = nearestMetric(metric, metricPaths(bundle, typeNeeded(bound)))
  return nearest === undefined ? result : { ...result, nearest }
}

function typeNeeded({ equals }: Bound): 'number' | 'boolean' | 'string' {
  return equals === undefined ? 'number' : (typeof equals as 'number' | 'boolean' | 'string')
}

type Failure = { code: GateCode; shortfall?: string }

function judge(value: unknown, bound: Bound): Failure | undefined {
  // What is not of the kind that the bound needs cannot be judged by it, no more than what is not there.
  if (bound.equals !== undefined && typeof value === typeof bound.equals) {
    return value === bound.equals ? undefined : { code: 'not_equal' }
  }
  if (bound.equals !== undefined || typeof value !== 'number' || !Number.isFinite(value)) {
    return { code: 'metric_absent' }
  }
  if (bound.min !== undefined && compareDecimal(value, bound.min) < 0) {
    return { code: 'below_min', shortfall: formatDecimal(subtractDecimal(bound.min, value)) }
  }
  if (bound.max !== undefined && compareDecimal(value, bound.max) > 0) {
    return { code: 'above_max', shortfall: formatDecimal(subtractDecimal(value, bound.max)) }
  }
  return undefined
}

/** The gates that did not pass, as reasons. */
export function gateReasons(gates: readonly GateResult[]): Reason[] {
  return gates.flatMap((gate) => {
    if (gate.code === undefined) return []
    const { metric, bound, code, value, nearest, shortfall } = gate
    const reason: Reason = { stage: 'gate', code, message: explain(gate, code), metric, bound }
    if (value !== undefined) reason.value = value
    if (nearest !== undefined) reason.nearest = nearest
    if (shortfall !== undefined) reason.shortfall = shortfall
    return [reason]
  })
}

function explain(gate: GateResult, code: GateCode): string {
  const name = plainName(gate.metric)
  const value = quote(gate.value)
  const stated = gate.derived ? `${value} (derived)` : value
  switch (code) {
    case 'metric_absent':
      return `${name} is ${absence(gate)}`
    case 'not_equal':
      return `${name} is ${stated}, not ${quote(gate.bound.equals)}`
    case 'below_min':
      return `${name} is ${stated}, ${gate.shortfall} below the minimum ${gate.bound.min}`
    case 'above_max':
      return `${name} is ${stated}, ${gate.shortfall} above the maximum ${gate.bound.max}`
  }
}

function absence({ value, bound, nearest }: GateResult): string {
  const needs = `the gate needs ${describeBound(bound)}`
  if (value !== undefined) return `${quote(value)}, which the gate cannot judge; ${needs}`
  const meant = nearest === undefined ? '' : `; the bundle has ${plainName(nearest)}; did you mean that?`
  return `absent; ${needs}${meant}`
}

function describeBound(bound: Bound): string {
  if (bound.equals !== undefined) return quote(bound.equals)
  const parts = [
    ...(bound.min === undefined ? [] : [`at least ${bound.min}`]),
    ...(bound.max === undefined ? [] : [`at most ${bound.max}`]),
  ]
  return parts.join(' and ')
}
