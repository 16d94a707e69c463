import { z } from 'zod'
import type { DegradedJson } from './parts.js'

const served = { line: z.int().min(1), model_id: z.string(), revision: z.int().nullable() }

const unknown_categories = z
  .array(z.string())
  .optional()
  .describe('Columns with a text that the model does not know, predicted as missing; absent: none')

const explanation = z
  .strictObject({
    of: z
      .string()
      .describe('The output that is explained: a label, also of a rejected row; `value`; or a score'),
    expected: z.number().describe('The raw score when no column is known'),
    score: z.number().describe('The raw score of this row: expected, the contributions of top, and rest'),
    top: z.array(z.strictObject({ column: z.string(), value: z.unknown(), contribution: z.number() })),
    rest: z.number().describe('What all other columns add together'),
  })
  .optional()
  .describe('Why it was answered so, with --explain')

/** One line that `taskclf infer online` writes. */
export const inferAnswerSchema = z
  .union([
    z.strictObject({
      ...served,
      label: z.string(),
      confidence: z.number(),
      rejected: z.boolean(),
      probabilities: z.record(z.string(), z.number()).describe('By label'),
      unknown_categories,
      explanation,
    }),
    z.strictObject({
      ...served,
      value: z.number().describe('Of a regressor'),
      unknown_categories,
      explanation,
    }),
    z.strictObject({
      ...served,
      scores: z.record(z.string(), z.number()).describe('Of a model of scores, by their names'),
      unknown_categories,
      explanation,
    }),
    z.strictObject({ ...served, error: z.strictObject({ code: z.string(), message: z.string() }) }),
  ])
  .meta({ title: 'taskclf infer online, one answer, version 1' })

/** One line that `infer online` writes. */
export type InferAnswer = z.infer<typeof inferAnswerSchema>

/** What `infer online` did, once its input has ended. It has no `--json`. */
export interface InferOnline {
  answers: number
  /** Answers that are an error. */
  errors: number
  /** Models swapped in while it ran. */
  swaps: number
  /** Why another model serves at the end than the one that was chosen; null where it does not. */
  degraded: DegradedJson | null
}
