import { type Policy, policySchema } from '@taskclf/selection-policy'
import type { PolicyShow } from '../../documents/policy.js'

/** A policy as a document of its own, its keys in the order of the format. */
export function policyJson(policy: Policy): PolicyShow['policy'] {
  return policySchema.parse(policy)
}
