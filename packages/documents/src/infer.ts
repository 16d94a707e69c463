import { selectionReportSchema } from '@taskclf/selection-policy'
import { z } from 'zod'
import { type DataOf, degraded, document, finding } from './parts.js'

/** `taskclf infer resolve --json`. */
export const inferResolveDocument = document('infer resolve', {
  path: z.string().describe("The bundle's real path"),
  model_id: z.string(),
  source: z.enum(['override', 'active', 'selection']),
  revision: z.int().nullable().describe("The pointer's, where the pointer decided"),
  repaired: z.boolean().describe('Whether this call wrote the pointer'),
  degraded,
  warnings: z.array(finding),
  report: selectionReportSchema.nullable().describe('The whole selection, where selection decided'),
})

/** What `infer resolve` found. */
export type InferResolve = DataOf<typeof inferResolveDocument>
