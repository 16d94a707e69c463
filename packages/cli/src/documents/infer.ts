import { selectionReportSchema } from '@taskclf/selection-policy'
import { z } from 'zod'
import { type DataOf, document, finding } from './parts.js'

/** `taskclf infer resolve --json`. */
export const inferResolveDocument = document('infer resolve', {
  path: z.string().describe("The bundle's real path"),
  model_id: z.string(),
  source: z.enum(['override', 'active', 'selection']),
  revision: z.int().nullable().describe("The pointer's, where the pointer decided"),
  repaired: z.boolean().describe('Whether this call wrote the pointer'),
  degraded: z
    .object({
      code: z.string(),
      wanted: z.string().nullable().describe('The model that the pointer names, where it can be read'),
      message: z.string(),
      confirmed: z
        .boolean()
        .nullable()
        .describe(
          'Of the last good model: whether the history proves that it served; null where another way was taken',
        ),
      revision: z.int().nullable().describe('Of the last good model: the revision that served'),
    })
    .nullable()
    .describe('Why another model serves than the one that was chosen; null where it does not'),
  warnings: z.array(finding),
  report: selectionReportSchema.nullable().describe('The whole selection, where selection decided'),
})

/** What `infer resolve` found. */
export type InferResolve = DataOf<typeof inferResolveDocument>
