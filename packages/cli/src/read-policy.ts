import { readSmallFile } from '@taskclf/durable-fs'
import { nearestName } from '@taskclf/errors'
import { parseStrictJson } from '@taskclf/registry-core'
import {
  type ParsedPolicy,
  POLICY_PRESETS,
  type Policy,
  type PolicyViolation,
  parsePolicy,
} from '@taskclf/selection-policy'
import { CliError } from './errors.js'

/** The policy written in a configuration. Throws with everything that is wrong with it. */
export function readInlinePolicy(value: unknown, source: string): Policy {
  return accepted(parsePolicy(value), source)
}

/** The policy in a file. Throws with everything that is wrong with it. */
export function readPolicy(path: string): Policy {
  return accepted(readPolicyFile(path), path)
}

/** A policy file: the policy, or everything wrong with it. */
export function readPolicyFile(path: string): ParsedPolicy {
  const file = readSmallFile(path, { maxBytes: 1 << 20 })
  if (!file.ok) {
    const code = file.reason === 'unreadable' ? 'file_unreadable' : 'policy_missing'
    const presets = Object.keys(POLICY_PRESETS)
    const name = path.split('/').at(-1) ?? path
    const close = nearestName(name, presets)
    const hint = `a policy is a JSON file or one of ${presets.join(', ')}${close ? `; did you mean ${close}?` : ''}`
    throw new CliError(code, `no policy: ${file.message}`, { hint, cause: file.cause })
  }
  const json = parseStrictJson(file.bytes, path)
  if (!json.ok)
    return { ok: false, violations: [{ at: json.problem.at ?? '', message: json.problem.message }] }
  const twice = json.duplicateKeys.map((at) => ({ at, message: 'stands there twice' }))
  const parsed = parsePolicy(json.value)
  if (twice.length === 0) return parsed
  return { ok: false, violations: [...twice, ...(parsed.ok ? [] : parsed.violations)] }
}

function accepted(parsed: ParsedPolicy, source: string): Policy {
  if (parsed.ok) return parsed.policy
  const message = `${source} is not a valid policy:\n${violationLines(parsed.violations)}`
  throw new CliError('policy_invalid', message, {
    hint: 'correct every line named above; taskclf policy show prints a complete policy',
    details: { file: source, violations: parsed.violations },
  })
}

type Violation = Omit<PolicyViolation, 'nearest'> & { nearest?: string | undefined }

/** One line for each violation. */
export function violationLines(violations: readonly Violation[]): string {
  return violations
    .map(({ at, message, nearest }) => {
      const meant = nearest === undefined || message.includes(nearest) ? '' : `; did you mean ${nearest}?`
      return `  ${at || 'the policy'}: ${message}${meant}`
    })
    .join('\n')
}
