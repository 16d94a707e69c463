import { resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { nearestName } from '@taskclf/errors'
import { parsePolicyBeside } from '@taskclf/registry'
import { parseStrictJson } from '@taskclf/registry-core'
import { type ParsedPolicy, POLICY_PRESETS, type Policy, parsePolicy } from '@taskclf/selection-policy'
import { SettingsError } from './errors.js'

/** The policy written in a configuration. Throws with everything that is wrong with it. */
export async function readInlinePolicy(
  value: unknown,
  source: string,
  modelsDir: () => string,
): Promise<Policy> {
  return acceptedPolicy(await parse(value, modelsDir), source)
}

/** The policy in a file. Throws with everything that is wrong with it. */
export async function readPolicy(path: string, modelsDir: () => string): Promise<Policy> {
  return acceptedPolicy(await readPolicyFile(path, modelsDir), path)
}

/** What a word names: a preset, else a file, its path relative to `base`. */
export async function readNamedPolicy(
  word: string,
  base: string,
  modelsDir: () => string,
): Promise<{ file: string; parsed: ParsedPolicy }> {
  if (isPreset(word)) return { file: word, parsed: { ok: true, policy: POLICY_PRESETS[word] } }
  const file = resolve(base, word)
  return { file, parsed: await readPolicyFile(file, modelsDir) }
}

const isPreset = (word: string): word is keyof typeof POLICY_PRESETS => Object.hasOwn(POLICY_PRESETS, word)

/** A policy file: the policy, or everything wrong with it. */
export async function readPolicyFile(path: string, modelsDir: () => string): Promise<ParsedPolicy> {
  const file = readSmallFile(path, { maxBytes: 1 << 20 })
  if (!file.ok) {
    const code = file.reason === 'unreadable' ? 'file_unreadable' : 'policy_missing'
    const presets = Object.keys(POLICY_PRESETS)
    const name = path.split('/').at(-1) ?? path
    const close = nearestName(name, presets)
    const hint = `a policy is a JSON file or one of ${presets.join(', ')}${close ? `; did you mean ${close}?` : ''}`
    throw new SettingsError(code, `no policy: ${file.message}`, { hint, cause: file.cause })
  }
  const json = parseStrictJson(file.bytes, path)
  if (!json.ok)
    return { ok: false, violations: [{ at: json.problem.at ?? '', message: json.problem.message }] }
  const twice = json.duplicateKeys.map((at) => ({ at, message: 'stands there twice' }))
  const parsed = await parse(json.value, modelsDir)
  if (twice.length === 0) return parsed
  return { ok: false, violations: [...twice, ...(parsed.ok ? [] : parsed.violations)] }
}

/** The models are looked at only where something is left open. */
async function parse(value: unknown, modelsDir: () => string): Promise<ParsedPolicy> {
  const parsed = parsePolicy(value)
  return parsed.ok ? parsed : parsePolicyBeside(value, modelsDir())
}

/** The policy; throws with everything that is wrong with it. */
export function acceptedPolicy(parsed: ParsedPolicy, source: string): Policy {
  if (parsed.ok) return parsed.policy
  const { violations } = parsed
  const code = violationsCode(violations)
  const is = code === 'policy_incomplete' ? 'does not say what it does' : 'is not a valid policy'
  const message = `${source} ${is}:\n${violationLines(violations)}`
  throw new SettingsError(code, message, { details: { file: source, violations } })
}

/** Whether a policy is wrong, or only leaves something unsaid. */
export function violationsCode(violations: readonly Violation[]): 'policy_incomplete' | 'policy_invalid' {
  return violations.every(({ code }) => code !== undefined) ? 'policy_incomplete' : 'policy_invalid'
}

interface Violation {
  at: string
  message: string
  nearest?: string | undefined
  code?: string | undefined
}

/** One line for each violation. */
export function violationLines(violations: readonly Violation[]): string {
  return violations
    .map(({ at, message, nearest }) => {
      const meant = nearest === undefined || message.includes(nearest) ? '' : `; did you mean ${nearest}?`
      return `  ${at || 'the policy'}: ${message}${meant}`
    })
    .join('\n')
}
