import { compareDecimal } from './decimal.js'
import { isFraction } from './fractions.js'
import { type Fields, fields, firstMetricIn, items } from './raw-policy.js'
import { quote } from './reason.js'

/** One thing wrong with a policy. */
export interface PolicyViolation {
  /** The key path, for example `gates[1].min`; `''` is the policy itself. */
  at: string
  /** What is wrong and what would be right. */
  message: string
  /** The known key or value that was probably meant. */
  nearest?: string
  /** The policy must say it itself: every value would be a guess. */
  code?: 'policy_incomplete'
}

/**
 * What the shape of a policy cannot say: bounds in the metric's range, `min` ≤ `max`, no rank key twice, no optional first
 * metric, no amounts without a metric. Works on the raw document, so that these are reported together with whatever else is
 * wrong.
 */
export function policyRules(value: unknown): PolicyViolation[] {
  const policy = fields(value)
  const gates = items(policy.gates).flatMap((gate, i) => gateRules(fields(gate), `gates[${i}]`))
  const keys = items(policy.rank_by).map(fields)
  return [...gates, ...rankRules(keys), ...optionalRules(keys), ...amountRules(policy, keys)]
}

function gateRules(gate: Fields, at: string): PolicyViolation[] {
  const bounds = ['equals', 'min', 'max'].filter((name) => gate[name] !== undefined)
  const outside = bounds.flatMap((name) => boundRule(gate.metric, name, gate[name], at))
  const { min, max } = gate
  if (!isNumber(min) || !isNumber(max) || compareDecimal(min, max) <= 0) return outside
  return [...outside, { at, message: `nothing passes: min ${min} is above max ${max}` }]
}

function boundRule(metric: unknown, name: string, bound: unknown, gate: string): PolicyViolation[] {
  const at = `${gate}.${name}`
  if (metric === 'acceptance_pass') {
    if (name === 'equals' && typeof bound !== 'number' && typeof bound !== 'string') return []
    return [{ at, message: 'acceptance_pass is true or false; use equals: true', nearest: 'equals' }]
  }
  if (!isFraction(metric)) return []
  if (typeof bound === 'boolean' || typeof bound === 'string') {
    return name === 'equals' ? [{ at, message: `${metric} is a number; use min or max` }] : []
  }
  if (!isNumber(bound) || (bound >= 0 && bound <= 1)) return []
  return [{ at, message: `${metric} is between 0 and 1, and ${bound} is not` }]
}

function rankRules(keys: readonly Fields[]): PolicyViolation[] {
  const seen = new Set<string>()
  return keys.flatMap((key, i) => {
    const name = JSON.stringify([key.metric, key.field])
    if (key.metric === undefined && key.field === undefined) return []
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const message = `ranks by ${quote(key.metric ?? key.field)} a second time, which changes nothing; remove it`
    return [{ at: `rank_by[${i}]`, message }]
  })
}

/** Gain, tolerance and promotion are measured on the first metric: a bundle without it cannot be judged. */
function optionalRules(keys: readonly Fields[]): PolicyViolation[] {
  const first = keys.findIndex((key) => key.metric !== undefined)
  if (keys[first]?.optional !== true) return []
  const message = `${quote(keys[first]?.metric)} is the first metric, by which models are compared, and cannot be optional`
  return [{ at: `rank_by[${first}].optional`, message }]
}

/** Improvement and tolerance are in the units of the first rank metric; that of a fraction cannot exceed 1. */
function amountRules(policy: Fields, keys: readonly Fields[]): PolicyViolation[] {
  const stated = AMOUNTS.filter((at) => policy[at] !== undefined)
  if (keys.length > 0 && keys.every(isFieldKey)) {
    const message = 'has no meaning: the policy ranks by no metric, so that nothing is compared; remove it'
    return stated.map((at) => ({ at, message }))
  }
  const first = firstMetricIn(policy.rank_by)
  if (!isFraction(first)) return []
  return stated.flatMap((at) => {
    const amount = policy[at]
    if (!isNumber(amount) || amount <= 1) return []
    return [{ at, message: `is in the units of ${first}, which is between 0 and 1; ${amount} is not` }]
  })
}

const AMOUNTS = ['min_improvement', 'regression_tolerance'] as const

const isFieldKey = (key: Fields): boolean => key.metric === undefined && key.field !== undefined

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
