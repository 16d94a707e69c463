import { z } from 'zod'
import { type DataOf, document } from './parts.js'

/** `taskclf status --json`. */
export const statusDocument = document('status', {
  ok: z.boolean().describe('False when any family has a problem of level error'),
  families: z.array(
    z.strictObject({
      family: z.string().nullable().describe('Null where the configuration names no families'),
      models_dir: z.string(),
      active: z
        .strictObject({
          model_id: z.string(),
          revision: z.int().nullable(),
          since: z.string().describe('In UTC; as the pointer has it where that is not a time'),
          actor: z.string().nullable(),
          source: z.string().nullable(),
        })
        .nullable()
        .describe('Null where no model is active, the pointer cannot be used, or the family failed'),
      eligible: z.int().nullable().describe('Null where the family failed'),
      total: z.int().nullable(),
      newest: z.strictObject({ model_id: z.string(), created_at: z.string() }).nullable(),
      problems: z.array(
        z.strictObject({
          level: z.enum(['error', 'warning']),
          code: z.string(),
          message: z.string(),
          advice: z.string(),
        }),
      ),
    }),
  ),
})

/** What `status` prints. */
export type Status = DataOf<typeof statusDocument>
