import { z } from 'zod'
import { normalForm } from './normal-form.js'
import { POLICY_PRESETS, type PresetName } from './presets.js'

// Each schema is one call that has no effects, so that a bundler drops what is not used, and zod with it.

const metric = () =>
  z.string().min(1).max(200).describe('A key of metrics.json, or a path: per_class.leaves.precision')
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

/** The keys of a policy, before what belongs to each other is looked at. */
export const POLICY_FORM = /* @__PURE__ */ (() =>
  z.strictObject({
    version: z.literal(1).default(1).describe('Of this format'),
    name: z.exactOptional(z.string().min(1).max(200)).describe('For people'),
    gates: z
      .array(z.union([GATE_FORMS.equals, GATE_FORMS.min, GATE_FORMS.max]))
      .describe('All must pass before a bundle is eligible'),
    rank_by: z
      .array(z.union([RANK_FORMS.metric, RANK_FORMS.field]))
      .min(1)
      .describe('First key first; model_id ascending decides what is left'),
    min_improvement: amount().default(0).describe('Gain needed to take over'),
    regression_tolerance: z
      .exactOptional(amount())
      .describe(
        'How far below the champion a candidate may stay at promotion; 0.02 where the first rank metric is a fraction of the metrics contract',
      ),
    same_eval_dataset: z
      .boolean()
      .default(false)
      .describe('Refuse to compare bundles measured on different evaluation sets'),
  }))()

/**
 * The shape of a policy that extends nothing, as it is used and digested. `parsePolicy` also resolves `extends`, checks what
 * a shape cannot say (bounds in range, `min` ≤ `max`, no rank key twice, a tolerance where one must be stated) and explains.
 * Where the policy ranks by no metric, what is parsed has no `min_improvement` and no `regression_tolerance`.
 *
 * @example
 * ```ts
 * policySchema.parse(DEFAULT_POLICY) // equals DEFAULT_POLICY
 * ```
 */
export const policySchema = /* @__PURE__ */ (() =>
  POLICY_FORM.overwrite((policy) => normalForm(policy) as typeof policy).describe(
    'taskclf selection policy, version 1',
  ))()

/**
 * The shape of a policy file, which may extend a preset; its JSON Schema is `schemas/policy.v1.json`.
 *
 * @example
 * ```ts
 * policyFileSchema.safeParse({ extends: 'default', min_improvement: 0.01 }).success // true
 * ```
 */
export const policyFileSchema = /* @__PURE__ */ (() =>
  POLICY_FORM.partial({ gates: true, rank_by: true })
    .extend({
      extends: z
        .exactOptional(z.enum(Object.keys(POLICY_PRESETS) as PresetName[]))
        .describe('The preset that says what this file does not; without it gates and rank_by are required'),
    })
    .meta({
      description: 'taskclf selection policy, version 1',
      anyOf: [{ required: ['extends'] }, { required: ['gates', 'rank_by'] }],
    }))()
