import { nearestName } from '@taskclf/errors'
import type { z } from 'zod'
import { extendPolicy } from './extend-policy.js'
import type { Policy } from './policy.js'
import { completeRules } from './policy-complete.js'
import { type PolicyViolation, policyRules } from './policy-rules.js'
import { GATE_FORMS, policyFileSchema, policySchema, RANK_FORMS } from './policy-schema.js'
import { POLICY_PRESETS } from './presets.js'
import { completePolicy, isPolicyFile } from './read-policy-file.js'
import { quote } from './reason.js'

/** What {@link parsePolicy} answers. */
export type ParsedPolicy = { ok: true; policy: Policy } | { ok: false; violations: PolicyViolation[] }

/** What is known beside the policy. */
export interface ParsePolicyOptions {
  /** The metrics that bundles have, for the advice where the policy ranks by nothing. */
  readonly metrics?: readonly string[]
}

/**
 * Checks a policy document, and fills in what the preset that it `extends` says, and the defaults. Without `extends` both
 * `gates` and `rank_by` must be there, and a tolerance beside a first rank metric that is not a fraction of the metrics
 * contract: violations of code `policy_incomplete`. Every violation is reported at once; an unknown key comes with the
 * nearest known one. Never throws.
 *
 * @example
 * ```ts
 * const parsed = parsePolicy({ extends: 'default', gates: [{ metric: 'macro_f1', mni: 0.8 }] })
 * if (!parsed.ok) parsed.violations[0] // { at: 'gates[0].mni', nearest: 'min', message: … }
 * ```
 */
export function parsePolicy(value: unknown, { metrics }: ParsePolicyOptions = {}): ParsedPolicy {
  if (!isObject(value)) {
    return { ok: false, violations: [{ at: '', message: `a policy is a JSON object, not ${quote(value)}` }] }
  }
  const policy = extendPolicy(value)
  // What a misspelt preset would say is not missing as well.
  const left = value.extends === undefined ? policy : { ...POLICY_PRESETS.latest, ...policy }
  // The schemas are asked for what is wrong.
  const fits = isPolicyFile(value)
  const violations = [
    ...(fits ? [] : shapeViolations(value)),
    ...policyRules(policy),
    ...completeRules(left, metrics),
  ]
  if (violations.length > 0) return { ok: false, violations }
  return { ok: true, policy: fits ? completePolicy(policy) : policySchema.parse(policy) }
}

type Path = readonly PropertyKey[]
type Form = z.ZodObject
type Forms = Readonly<Record<string, Form>>

function shapeViolations(value: Record<string, unknown>): PolicyViolation[] {
  const { gates, rank_by, ...scalars } = value
  return [
    ...check(
      policyFileSchema.omit({ gates: true, rank_by: true }),
      scalars,
      [],
      Object.keys(policyFileSchema.shape),
    ),
    ...checkList(gates, 'gates', 0, (gate, path) => checkForm(GATE_FORMS, gate, path)),
    ...checkList(rank_by, 'rank_by', 1, (key, path) => checkForm(RANK_FORMS, key, path)),
  ]
}

function checkList(
  list: unknown,
  name: string,
  least: number,
  checkItem: (item: unknown, path: Path) => PolicyViolation[],
): PolicyViolation[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) return [{ at: name, message: `is a list, not ${quote(list)}` }]
  if (list.length < least) return [{ at: name, message: 'needs at least one key' }]
  return list.flatMap((item: unknown, i) => checkItem(item, [name, i]))
}

/** The form is chosen by the key that gives it away, so that what is reported is about that form. */
function checkForm(forms: Forms, item: unknown, path: Path): PolicyViolation[] {
  const known = [...new Set(Object.values(forms).flatMap((form) => Object.keys(form.shape)))]
  if (!isObject(item)) return [{ at: pathText(path), message: `is an object, not ${quote(item)}` }]
  const names = Object.keys(forms).filter((name) => Object.hasOwn(item, name))
  const form = forms[names[0] ?? '']
  if (form !== undefined) return check(form, item, path, known)
  const unknown = Object.keys(item).filter((key) => !known.includes(key))
  const needs = `needs ${listed(Object.keys(forms))}`
  return [{ at: pathText(path), message: needs }, ...unknown.map((key) => unknownKey(key, path, known))]
}

function check(form: Form, value: unknown, path: Path, known: readonly string[]): PolicyViolation[] {
  const issues = form.safeParse(value).error?.issues ?? []
  return issues.flatMap((issue) => explain(issue, value, path, known))
}

function explain(
  issue: z.core.$ZodIssue,
  root: unknown,
  base: Path,
  known: readonly string[],
): PolicyViolation[] {
  const path = [...base, ...issue.path]
  const at = pathText(path)
  const actual = issue.path.reduce<unknown>(
    (value, key) => (isObject(value) ? value[String(key)] : value),
    root,
  )
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, known))
  if (actual === undefined) return [{ at, message: 'is missing' }]
  if (issue.code === 'invalid_value') return [unknownValue(at, actual, issue.values)]
  const expected = issue.code === 'invalid_union' ? 'true, false, a number or a text' : expectationOf(issue)
  return [{ at, message: `must be ${expected}, not ${quote(actual)}` }]
}

function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return EXPECTED[issue.expected] ?? issue.expected
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'a text that is not empty' : `at least ${issue.minimum}`
  if (issue.code === 'too_big') return `at most ${issue.maximum} characters`
  return issue.message
}

const EXPECTED: Readonly<Record<string, string>> = {
  number: 'a finite number',
  string: 'a text',
  boolean: 'true or false',
}

function unknownKey(key: string, path: Path, known: readonly string[]): PolicyViolation {
  const at = pathText([...path, key])
  if (known.includes(key)) return { at, message: 'does not go with the other keys here' }
  const nearest = nearestName(key, known)
  if (nearest === undefined)
    return { at, message: `is not a key of a policy; known here: ${known.join(', ')}` }
  return { at, message: `is not a key of a policy; did you mean ${nearest}?`, nearest }
}

function unknownValue(at: string, actual: unknown, values: readonly unknown[]): PolicyViolation {
  if (at === 'version') {
    return {
      at,
      message: `policy version ${quote(actual)} is not known; known versions: ${values.join(', ')}`,
    }
  }
  const nearest = typeof actual === 'string' ? nearestName(actual, values.map(String)) : undefined
  const message = `must be ${listed(values.map(String))}, not ${quote(actual)}`
  return nearest === undefined ? { at, message } : { at, message, nearest }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  )
}
