import { resolve } from 'node:path'
import { canonicalDigest } from '@taskclf/registry-core'
import type { GlobalOptions, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { PolicyCheck } from '../../../documents/policy.js'
import { EXIT } from '../../../exit-codes.js'
import { readPolicyFile } from '../../../read-policy.js'
import { policyJson } from '../../shared/policy-json.js'

/** A malformed policy is an answer here, not a failure. */
export async function run({ words }: GlobalOptions, { cwd }: Context): Promise<Outcome<PolicyCheck>> {
  const file = resolve(cwd, words[0] ?? '')
  const parsed = readPolicyFile(file)
  if (!parsed.ok) {
    const violations = parsed.violations.map((violation) => ({ ...violation }))
    const message = `${violations.length} ${violations.length === 1 ? 'thing is' : 'things are'} wrong with ${file}`
    const data: PolicyCheck = { file, valid: false, violations, digest: null, policy: null }
    return { data, exitCode: EXIT.no, notes: [{ level: 'error', code: 'policy_invalid', message }] }
  }
  const { policy } = parsed
  const data = {
    file,
    valid: true,
    violations: [],
    digest: canonicalDigest(policy),
    policy: policyJson(policy),
  }
  return { data, exitCode: EXIT.done, notes: [] }
}
