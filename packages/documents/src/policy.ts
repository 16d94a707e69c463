import { type Policy, policySchema } from '@taskclf/selection-policy'
import { z } from 'zod'
import { type DataOf, document } from './parts.js'

/** `taskclf policy show --json`. */
export const policyShowDocument = document('policy show', {
  source: z.string().describe('Preset or file'),
  digest: z.string(),
  policy: policySchema,
})

/** What `policy show` found. */
export type PolicyShow = Omit<DataOf<typeof policyShowDocument>, 'policy'> & { policy: Policy }

/** `taskclf policy check --json`. */
export const policyCheckDocument = document('policy check', {
  file: z.string().describe('File or preset'),
  valid: z.boolean(),
  violations: z.array(
    z.strictObject({
      at: z.string(),
      message: z.string(),
      nearest: z.string().optional(),
      code: z.string().optional(),
    }),
  ),
  digest: z.string().nullable(),
  policy: policySchema.nullable().describe('With the defaults filled in'),
  models_dir: z.string().nullable().describe('Whose bundles were looked at; null for none'),
  metrics: z
    .array(
      z.strictObject({
        metric: z.string(),
        asked: z.enum(['rank', 'gate']).describe('What the policy asks it for'),
        optional: z.boolean(),
        have: z.int().describe('How many of the valid bundles have it, of the required kind'),
        of: z.int(),
        nearest: z.string().nullable().describe('What a bundle without it has that was likely meant'),
      }),
    )
    .nullable()
    .describe('Every metric that the policy names; null without a models dir'),
})

/** What `policy check` found. */
export type PolicyCheck = Omit<DataOf<typeof policyCheckDocument>, 'policy'> & { policy: Policy | null }

/** `taskclf policy init --json`. */
export const policyInitDocument = document('policy init', { file: z.string(), policy: policySchema })

/** What `policy init` wrote. */
export type PolicyInit = Omit<DataOf<typeof policyInitDocument>, 'policy'> & { policy: Policy }
