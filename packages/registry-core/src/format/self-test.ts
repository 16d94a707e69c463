import { z } from 'zod'
import { findInputRows, findLabels, findOutputRows } from './document-parts.js'
import { checked, uniqueTexts } from './schema-parts.js'

const rowList = (items: Record<string, unknown>) => ({ type: 'array', items, minItems: 1, maxItems: 1000 })
const CELLS = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } }
const NUMBERS = { type: 'array', items: { type: 'number' } }

/**
 * `self_test.json`, version 1: rows to predict and what the model answered when it was published.
 *
 * @example
 * ```ts
 * selfTestSchema.safeParse({ version: 1, rows: [{ x: 1 }], expected: [[0.4, 0.6]], tolerance: 1e-6 }).success // true
 * ```
 */
export const selfTestSchema = /* @__PURE__ */ (() =>
  z
    .looseObject(
      {
        version: z.literal(1, { error: 'must be 1; a newer version needs a newer taskclf' }),
        rows: checked<Record<string, string | number | boolean | null>[]>(rowList(CELLS), findInputRows).meta(
          {
            description: 'Column → value; null is missing.',
          },
        ),
        expected: checked<number[][]>(rowList(NUMBERS), findOutputRows).meta({
          description: 'One list of outputs for each row, in the order of the labels.',
        }),
        tolerance: z
          .number({ error: 'must be a number' })
          .min(0, { error: 'must not be negative' })
          .meta({ description: 'The largest absolute difference that still passes.' }),
        labels: uniqueTexts(findLabels)
          .optional()
          .meta({ description: 'What the outputs were called, in their order; absent: not compared.' }),
      },
      { error: 'must be an object' },
    )
    .refine(({ rows, expected }) => rows.length === expected.length, {
      path: ['expected'],
      error: 'must have as many entries as rows',
    })
    .meta({ title: 'Bundle self-test, version 1' }))()

/** `self_test.json` as on disk. */
export type SelfTest = z.infer<typeof selfTestSchema>
