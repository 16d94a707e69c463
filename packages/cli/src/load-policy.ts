import { resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { canonicalDigest, parseStrictJson } from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  type ParsedPolicy,
  POLICY_PRESETS,
  type Policy,
  type PolicyViolation,
  parsePolicy,
} from '@taskclf/selection-policy'
import { CliError } from './errors.js'
import { nearest } from './nearest.js'
import type { LoadedPolicy, SettingLayer } from './settings.js'

/** The policy a setting names; the default one where none does. */
export async function loadPolicy(setting: SettingLayer['policy']): Promise<LoadedPolicy> {
  if (setting === undefined) return loaded(DEFAULT_POLICY, 'default')
  if ('inline' in setting) return accept(parsePolicy(setting.inline), `${setting.file}: policy`)
  const preset = Object.hasOwn(POLICY_PRESETS, setting.text)
    ? POLICY_PRESETS[setting.text as keyof typeof POLICY_PRESETS]
    : undefined
  if (preset !== undefined) return loaded(preset, setting.text)
  const path = resolve(setting.base, setting.text)
  const read = readPolicyFile(path)
  return accept(read, path)
}

/** A policy file: the policy, or everything wrong with it. */
export function readPolicyFile(path: string): ParsedPolicy {
  const file = readSmallFile(path, { maxBytes: 1 << 20 })
  if (!file.ok) {
    const code = file.reason === 'unreadable' ? 'file_unreadable' : 'policy_missing'
    const presets = Object.keys(POLICY_PRESETS)
    const name = path.split('/').at(-1) ?? path
    const close = nearest(name, presets)
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

function accept(parsed: ParsedPolicy, source: string): LoadedPolicy {
  if (parsed.ok) return loaded(parsed.policy, source)
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

function loaded(policy: Policy, source: string): LoadedPolicy {
  return { policy, source, digest: canonicalDigest(policy) }
}
