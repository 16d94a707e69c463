import type { ValidBundle } from '@taskclf/registry-core'
import { type GateResult, gateReasons, passesConstraints } from './gates.js'
import { metricReasons } from './metric-reasons.js'
import type { Policy } from './policy.js'
import { requiredMetrics } from './rank.js'
import type { Reason } from './reason.js'

/** How a candidate did on its own, at the policy's metrics and gates. */
export interface GateCheck {
  passed: boolean
  /** `metric_absent`: it lacks a metric that the policy ranks by, so that it could never be selected. */
  code: 'passed' | 'metric_absent' | 'gate_failed'
  modelId: string
  /** Every gate, passed or not. */
  gates: GateResult[]
  /** One for each required metric that is absent and each gate that did not pass. */
  reasons: Reason[]
}

/**
 * Whether a candidate has every metric that the policy ranks by and passes its gates, whatever is active. The comparison
 * with the champion is `checkRegression`.
 *
 * @throws RangeError when a bound is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * const { passed, reasons } = checkCandidateGates(candidate, DEFAULT_POLICY)
 * if (!passed) reasons.map(({ message }) => message)
 * ```
 */
export function checkCandidateGates(candidate: ValidBundle, policy: Policy): GateCheck {
  const absent = metricReasons(candidate, requiredMetrics(policy))
  const { gates } = passesConstraints(candidate, policy)
  const reasons = [...absent, ...gateReasons(gates)]
  const passed = reasons.length === 0
  const code = passed ? 'passed' : absent.length > 0 ? 'metric_absent' : 'gate_failed'
  return { passed, code, modelId: candidate.modelId, gates, reasons }
}
