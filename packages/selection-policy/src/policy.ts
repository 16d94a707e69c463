import { z } from 'zod'

/** The order of a rank key: `desc` puts the largest first, `asc` the smallest. */
export type RankOrder = 'asc' | 'desc'

/** Passes when the metric is exactly this value, of the same type. */
export interface EqualsGate {
  readonly metric: string
  readonly equals: boolean | number | string
}

/** Passes when the metric is a number within the bounds, both inclusive; at least one is given. */
export interface BoundGate {
  readonly metric: string
  readonly min?: number
  readonly max?: number
}

/** What a bundle's metric must satisfy before it may serve. */
export type Gate = EqualsGate | BoundGate

/** Ranks by a metric, which may be a path such as `per_class.BreakIdle.precision`. */
export interface MetricKey {
  readonly metric: string
  readonly order: RankOrder
}

/** Ranks by what the bundle is rather than by what it scored. */
export interface FieldKey {
  readonly field: 'created_at' | 'model_id'
  readonly order: RankOrder
}

/** One key of the ranking. */
export type RankKey = MetricKey | FieldKey

/** A selection policy, version 1, as it stands in a file with the defaults filled in. */
export interface Policy {
  readonly version: 1
  readonly name?: string
  /** All must pass. */
  readonly gates: readonly Gate[]
  /** First key first; `model_id` ascending decides what is left. */
  readonly rank_by: readonly RankKey[]
  /** How much a candidate must gain on the first rank metric to take over, in that metric's units. */
  readonly min_improvement: number
  /** How far below the champion a candidate may stay at promotion, in the first rank metric's units. */
  readonly regression_tolerance: number
  /** Refuse to compare bundles measured on different evaluation sets. */
  readonly same_eval_dataset: boolean
}

const metric = z
  .string()
  .min(1)
  .max(200)
  .describe('A key of metrics.json, or a path: per_class.BreakIdle.precision')
const order = z.enum(['asc', 'desc']).describe('desc: the largest first')
const min = z.number().describe('The least value that passes')
const max = z.number().describe('The largest value that passes')

/** One strict schema per form, so that a violation names the key and not the union. */
export const GATE_FORMS = {
  equals: z.strictObject({ metric, equals: z.union([z.boolean(), z.number(), z.string()]) }),
  min: z.strictObject({ metric, min, max: z.exactOptional(max) }),
  max: z.strictObject({ metric, max }),
} as const

/** As {@link GATE_FORMS}, for rank keys. */
export const RANK_FORMS = {
  metric: z.strictObject({ metric, order }),
  field: z.strictObject({ field: z.enum(['created_at', 'model_id']), order }),
} as const

const amount = z.number().min(0)

/** The keys of a policy that stand on their own, each with its default. */
export const POLICY_SCALARS = {
  version: z.literal(1).default(1).describe('Of this format'),
  name: z.exactOptional(z.string().min(1).max(200)).describe('For people'),
  min_improvement: amount.default(0).describe('Gain needed to take over'),
  regression_tolerance: amount
    .default(0.02)
    .describe('How far below the champion a candidate may stay at promotion'),
  same_eval_dataset: z
    .boolean()
    .default(false)
    .describe('Refuse to compare bundles measured on different evaluation sets'),
} as const

/**
 * The shape of a policy file; its JSON Schema is `schemas/policy.v1.json`. `parsePolicy` also checks what a shape cannot
 * say (bounds in range, `min` ≤ `max`, no rank key twice) and explains.
 *
 * @example
 * ```ts
 * policySchema.parse({}) // equals DEFAULT_POLICY
 * ```
 */
export const policySchema = z
  .strictObject({
    ...POLICY_SCALARS,
    gates: z
      .array(z.union([GATE_FORMS.equals, GATE_FORMS.min, GATE_FORMS.max]))
      .default(() => [
        { metric: 'acceptance_pass', equals: true },
        { metric: 'breakidle_precision', min: 0.95 },
        { metric: 'min_class_precision', min: 0.5 },
      ])
      .describe('All must pass before a bundle is eligible'),
    rank_by: z
      .array(z.union([RANK_FORMS.metric, RANK_FORMS.field]))
      .min(1)
      .default(() => [
        { metric: 'macro_f1', order: 'desc' as const },
        { metric: 'weighted_f1', order: 'desc' as const },
        { field: 'created_at' as const, order: 'desc' as const },
      ])
      .describe('First key first; model_id ascending decides what is left'),
  })
  .describe('taskclf selection policy, version 1')

/**
 * The default policy: BreakIdle precision of at least 0.95, no class below 0.5, the trainer's own acceptance; then
 * macro F1, weighted F1 and the newest.
 *
 * @example
 * ```ts
 * selectBest(bundles, DEFAULT_POLICY, {})
 * ```
 */
export const DEFAULT_POLICY: Policy = deepFreeze(policySchema.parse({}))

/**
 * The default ranking without gates: what the Python project does when it selects.
 *
 * @example
 * ```ts
 * selectBest(bundles, UNGATED_POLICY, { schemas: [{ hash: '7f29b4b8795e', version: 'v3' }] })
 * ```
 */
export const UNGATED_POLICY: Policy = deepFreeze({ ...DEFAULT_POLICY, gates: [] })

/**
 * The policies that have a name.
 *
 * @example
 * ```ts
 * POLICY_PRESETS.ungated.gates // []
 * ```
 */
export const POLICY_PRESETS: { readonly default: Policy; readonly ungated: Policy } = deepFreeze({
  default: DEFAULT_POLICY,
  ungated: UNGATED_POLICY,
})

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
