import { z } from 'zod'

// Each schema is one call that has no effects, so that a bundler drops what is not used, and zod with it.

const metric = () =>
  z.string().min(1).max(200).describe('A key of metrics.json, or a path: per_class.BreakIdle.precision')
const order = () => z.enum(['asc', 'desc']).describe('desc: the largest first')
const optional = () =>
  z
    .boolean()
    .describe('A bundle without it ranks last, in place of being excluded; not of the first rank metric')
const min = () => z.number().describe('The least value that passes')
const max = () => z.number().describe('The largest value that passes')

/** One strict schema per form, so that a violation names the key and not the union. */
export const GATE_FORMS = /* @__PURE__ */ (() => ({
  equals: z.strictObject({ metric: metric(), equals: z.union([z.boolean(), z.number(), z.string()]) }),
  min: z.strictObject({ metric: metric(), min: min(), max: z.exactOptional(max()) }),
  max: z.strictObject({ metric: metric(), max: max() }),
}))()

/** As {@link GATE_FORMS}, for rank keys. */
export const RANK_FORMS = /* @__PURE__ */ (() => ({
  metric: z.strictObject({ metric: metric(), order: order(), optional: z.exactOptional(optional()) }),
  field: z.strictObject({ field: z.enum(['created_at', 'model_id']), order: order() }),
}))()

const amount = () => z.number().min(0)

/** The keys of a policy that depend on no other, each with its default. */
export const POLICY_SCALARS = /* @__PURE__ */ (() => ({
  version: z.literal(1).default(1).describe('Of this format'),
  name: z.exactOptional(z.string().min(1).max(200)).describe('For people'),
  min_improvement: amount().default(0).describe('Gain needed to take over'),
  regression_tolerance: amount()
    .default(0.02)
    .describe('How far below the champion a candidate may stay at promotion'),
  same_eval_dataset: z
    .boolean()
    .default(false)
    .describe('Refuse to compare bundles measured on different evaluation sets'),
}))()

/** The keys of a policy, before what belongs to each other is looked at. */
export const POLICY_FORM = /* @__PURE__ */ (() =>
  z.strictObject({
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
  }))()

type PolicyForm = z.infer<typeof POLICY_FORM>

/**
 * The form that is used and digested: what says nothing more than its absence is left out, and so are amounts that no
 * metric gives a unit.
 */
function normalForm(policy: PolicyForm): PolicyForm {
  const { version, name, gates, min_improvement, regression_tolerance, same_eval_dataset } = policy
  const rank_by = policy.rank_by.map((key) => {
    if (!('metric' in key) || key.optional !== false) return key
    const { optional: _, ...required } = key
    return required
  })
  const isMeasured = rank_by.some((key) => 'metric' in key)
  return {
    version,
    ...(name !== undefined && { name }),
    gates,
    rank_by,
    ...(isMeasured && { min_improvement, regression_tolerance }),
    same_eval_dataset,
  } as PolicyForm
}

/**
 * The shape of a policy file; its JSON Schema is `schemas/policy.v1.json`. `parsePolicy` also checks what a shape cannot
 * say (bounds in range, `min` ≤ `max`, no rank key twice) and explains. Where the policy ranks by no metric, what is parsed
 * has no `min_improvement` and no `regression_tolerance`.
 *
 * @example
 * ```ts
 * policySchema.parse({}) // equals DEFAULT_POLICY
 * ```
 */
export const policySchema = /* @__PURE__ */ (() =>
  POLICY_FORM.overwrite(normalForm).describe('taskclf selection policy, version 1'))()
