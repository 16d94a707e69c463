import { z } from 'zod'
import { type DataOf, document } from './parts.js'

/** `taskclf model self-test --json`. */
export const modelSelfTestDocument = document('model self-test', {
  file: z.string().describe('What was written'),
  model_id: z.string(),
  artifact: z.string().describe('The model file that answered'),
  input: z.string(),
  rows_read: z.int(),
  rows: z.int().min(1).describe('How many the self-test has'),
  tolerance: z.number(),
  labels: z.array(z.string()).describe('That a row of it is answered with, rejected or not'),
  labels_absent: z.array(z.string()).describe('That no row of it is answered with'),
  rejected: z.int().describe('Rows of it that are rejected'),
  unknown_categories: z
    .array(z.string())
    .describe('Columns in which a row has a text that the model does not know'),
  missing_patterns: z.int().describe('In how many ways its rows lack values'),
  left_out: z
    .array(z.enum(['label', 'rejected', 'unknown_category', 'missing_pattern']))
    .describe('Kinds of which the input shows more than there was room for'),
})

/** What `model self-test` wrote. */
export type ModelSelfTest = DataOf<typeof modelSelfTestDocument>
