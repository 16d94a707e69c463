import { normalForm, type WholePolicy } from './normal-form.js'
import type { Gate, Policy, RankKey } from './policy.js'
import { POLICY_PRESETS } from './presets.js'
import type { Fields } from './raw-policy.js'

// What the zod schemas accept and make of a policy, without zod, so that a program that only reads policies need not load it. Why
// something is not accepted the schemas say; a property test holds the two together.

type Fits = (value: unknown) => boolean

const isName: Fits = (value) => typeof value === 'string' && value !== '' && value.length <= 200
const isAmount: Fits = (value) => Number.isFinite(value) && (value as number) >= 0
const isScalar: Fits = (value) =>
  typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value)
const isOrder: Fits = (value) => value === 'asc' || value === 'desc'

/** A plain object that has the first of these members, and no others than the second. */
const form =
  (required: Readonly<Record<string, Fits>>, optional: Readonly<Record<string, Fits>> = {}): Fits =>
  (value) => {
    if (!isPlainObject(value)) return false
    const members = { ...required, ...optional }
    return (
      Object.keys(required).every((key) => Object.hasOwn(value, key)) &&
      Object.entries(value).every(([key, part]) => Object.hasOwn(members, key) && members[key]?.(part))
    )
  }

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const oneOf =
  (...forms: readonly Fits[]): Fits =>
  (value) =>
    forms.some((fits) => fits(value))

const isGate = oneOf(
  form({ metric: isName, equals: isScalar }),
  form({ metric: isName, min: Number.isFinite }, { max: Number.isFinite }),
  form({ metric: isName, max: Number.isFinite }),
)

const isRankKey = oneOf(
  form({ metric: isName, order: isOrder }, { optional: (value) => typeof value === 'boolean' }),
  form({ field: (value) => value === 'created_at' || value === 'model_id', order: isOrder }),
)

const isFile = form(
  {},
  {
    version: (value) => value === 1,
    name: isName,
    gates: (value) => Array.isArray(value) && value.every(isGate),
    rank_by: (value) => Array.isArray(value) && value.length > 0 && value.every(isRankKey),
    min_improvement: isAmount,
    regression_tolerance: isAmount,
    same_eval_dataset: (value) => typeof value === 'boolean',
    extends: (value) => typeof value === 'string' && Object.hasOwn(POLICY_PRESETS, value),
  },
)

/** Whether `policyFileSchema` accepts the document. */
export function isPolicyFile(document: Fields): boolean {
  return isFile(document)
}

/** What `policySchema` makes of a policy whose gates and rank keys are there and well formed. */
export function completePolicy(policy: Fields): Policy {
  const whole = {
    version: 1,
    min_improvement: 0,
    same_eval_dataset: false,
    ...policy,
  } as unknown as WholePolicy
  return normalForm({ ...whole, gates: whole.gates.map(inOrder), rank_by: whole.rank_by.map(inOrder) })
}

const ORDER = ['metric', 'field', 'equals', 'min', 'max', 'order', 'optional'] as const

/** With its keys in the order of the schema. */
function inOrder<Item extends Gate | RankKey>(item: Item): Item {
  const members: Fields = { ...item }
  return Object.fromEntries(
    ORDER.filter((key) => key in members).map((key) => [key, members[key]]),
  ) as unknown as Item
}
