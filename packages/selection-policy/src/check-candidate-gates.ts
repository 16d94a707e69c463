import type { ValidBundle } from '@taskclf/registry-core'
import { type GateResult, gateReasons, passesConstraints } from './gates.js'
import type { Policy } from './policy.js'
import type { Reason } from './reason.js'

/** How a candidate did at the gates, on its own. */
export interface GateCheck {
  passed: boolean
  code: 'passed' | 'gate_failed'
  modelId: string
  /** Every gate, passed or not. */
  gates: GateResult[]
  /** One for each gate that did not pass. */
  reasons: Reason[]
}

/**
 * Whether a candidate passes the policy's gates, whatever is active. The comparison with the champion is
 * `checkRegression`.
 *
 * @throws RangeError when a bound is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * const { passed, reasons } = checkCandidateGates(candidate, DEFAULT_POLICY)
 * if (!passed) reasons.map(({ message }) => message)
 * ```
 */
export function checkCandidateGates(candidate: ValidBundle, policy: Policy): GateCheck {
  const { passed, gates } = passesConstraints(candidate, policy)
  const code = passed ? 'passed' : 'gate_failed'
  return { passed, code, modelId: candidate.modelId, gates, reasons: gateReasons(gates) }
}
