import { z } from 'zod'
import { checked, type Found, isObject } from './schema-parts.js'

const MOST_ROWS = 1000

const isCell = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

/** A list of 1 to 1000 rows, each of which `find` looks at. */
const rowList = <T>(schema: Record<string, unknown>, find: (row: unknown) => string | undefined) =>
  checked<T[]>({ type: 'array', items: schema, minItems: 1, maxItems: MOST_ROWS }, (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ROWS) {
      return [{ path: [], message: `must be a list of 1 to ${MOST_ROWS} rows` }]
    }
    return value.flatMap((row: unknown, i): Found[] => {
      const message = find(row)
      return message === undefined ? [] : [{ path: [i], message }]
    })
  })

const inputs = () =>
  rowList<Record<string, string | number | boolean | null>>(
    { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
    (row) =>
      isObject(row) && Object.values(row).every(isCell)
        ? undefined
        : 'must be an object of texts, numbers, booleans or null',
  )

const outputs = () =>
  rowList<number[]>({ type: 'array', items: { type: 'number' } }, (row) =>
    Array.isArray(row) && row.every((cell) => Number.isFinite(cell))
      ? undefined
      : 'must be a list of numbers',
  )

/**
 * `self_test.json`, version 1: rows to predict and what the model answered when it was published.
 *
 * @example
 * ```ts
 * selfTestSchema.safeParse({ version: 1, rows: [{ x: 1 }], expected: [[0.4, 0.6]], tolerance: 1e-6 }).success // true
 * ```
 */
export const selfTestSchema = z
  .looseObject(
    {
      version: z.literal(1, { error: 'must be 1; a newer version needs a newer taskclf' }),
      rows: inputs().meta({ description: 'Column → value; null is missing.' }),
      expected: outputs().meta({
        description: 'One list of outputs for each row, in the order of the labels.',
      }),
      tolerance: z
        .number({ error: 'must be a number' })
        .min(0, { error: 'must not be negative' })
        .meta({ description: 'The largest absolute difference that still passes.' }),
    },
    { error: 'must be an object' },
  )
  .refine(({ rows, expected }) => rows.length === expected.length, {
    path: ['expected'],
    error: 'must have as many entries as rows',
  })
  .meta({ title: 'Bundle self-test, version 1' })

/** `self_test.json` as on disk. */
export type SelfTest = z.infer<typeof selfTestSchema>
