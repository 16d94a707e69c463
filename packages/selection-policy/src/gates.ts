import type { ValidBundle } from '@taskclf/registry-core'
import { compareDecimal, formatDecimal, subtractDecimal } from './decimal.js'
import { isDerived, metricValue } from './metric-value.js'
import type { Gate, Policy } from './policy.js'
import { type Bound, type GateCode, quote, type Reason } from './reason.js'

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
  /** How much is missing, as an exact decimal; only for `below_min` and `above_max`. */
  shortfall?: string
}

/** How one bundle did at all gates of a policy, in the policy's order. */
export interface GateResults {
  passed: boolean
  gates: GateResult[]
}

/**
 * Every gate of the policy, applied to one bundle. An absent metric fails; bounds are inclusive and compared as decimals.
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
  return { metric, bound, value, derived, passed: false, ...failure }
}

type Failure = { code: GateCode; shortfall?: string }

function judge(value: unknown, bound: Bound): Failure | undefined {
  if (value === undefined) return { code: 'metric_absent' }
  if (bound.equals !== undefined) return value === bound.equals ? undefined : { code: 'not_equal' }
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'not_a_number' }
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
    const { metric, bound, code, value, shortfall } = gate
    const reason: Reason = { stage: 'gate', code, message: explain(gate, code), metric, bound }
    if (value !== undefined) reason.value = value
    if (shortfall !== undefined) reason.shortfall = shortfall
    return [reason]
  })
}

function explain(gate: GateResult, code: GateCode): string {
  const value = quote(gate.value)
  const stated = gate.derived ? `${value} (derived)` : value
  switch (code) {
    case 'metric_absent':
      return `${gate.metric} is absent; the gate needs ${describeBound(gate.bound)}`
    case 'not_a_number':
      return `${gate.metric} is ${value}, not a number; the gate needs ${describeBound(gate.bound)}`
    case 'not_equal':
      return `${gate.metric} is ${stated}, not ${quote(gate.bound.equals)}`
    case 'below_min':
      return `${gate.metric} is ${stated}, ${gate.shortfall} below the minimum ${gate.bound.min}`
    case 'above_max':
      return `${gate.metric} is ${stated}, ${gate.shortfall} above the maximum ${gate.bound.max}`
  }
}

function describeBound(bound: Bound): string {
  if (bound.equals !== undefined) return quote(bound.equals)
  const parts = [
    ...(bound.min === undefined ? [] : [`at least ${bound.min}`]),
    ...(bound.max === undefined ? [] : [`at most ${bound.max}`]),
  ]
  return parts.join(' and ')
}
