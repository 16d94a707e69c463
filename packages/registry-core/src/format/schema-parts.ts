import { z } from 'zod'
import { type Find, findTexts, isWellFormed, LEAST_FRACTION, MOST_FRACTION, MOST_ISSUES } from './shape.js'

type JsonSchema = Record<string, unknown>

/**
 * A value that our own code checks: zod makes an issue of every bad element of a list, and a file may hold millions.
 * `schema` says the same in JSON Schema.
 */
export function checked<T>(schema: JsonSchema, find: Find) {
  return z
    .custom<T>()
    .check((context) => {
      for (const { path, message } of find(context.value).slice(0, MOST_ISSUES)) {
        context.issues.push({ code: 'custom', path, message, input: context.value })
      }
    })
    .meta(schema)
}

/** Text that is not empty and can be written as UTF-8. */
export const text = () =>
  z
    .string({ error: 'must be a text' })
    .min(1, { error: 'must not be empty' })
    .refine(isWellFormed, { error: 'holds a lone surrogate, which is no character' })

/** A finite number from 0 to 1, give or take what rounding makes of the bounds. */
export const fraction = () => {
  const error = 'must be a number from 0 to 1'
  return z.number({ error }).min(LEAST_FRACTION, { error }).max(MOST_FRACTION, { error })
}

/** true or false, and nothing like it. */
export const bool = () => z.boolean({ error: 'must be true or false' })

/** A list of at least one text, none of them twice; `find` also says what else is wrong with one. */
export const uniqueTexts = (find: Find) =>
  checked<string[]>(
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true },
    find,
  )

/** A list of texts, which may be empty. */
export const texts = () =>
  checked<string[]>({ type: 'array', items: { type: 'string', minLength: 1 } }, findTexts)

const COUNT: JsonSchema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }

/** A square matrix of counts. */
export const countMatrix = (find: Find) =>
  checked<number[][]>({ type: 'array', items: { type: 'array', items: COUNT }, minItems: 1 }, find)

/** An object whose keys are free. */
export const entries = <T>(schema: JsonSchema, find: Find) =>
  checked<Record<string, T>>({ type: 'object', additionalProperties: schema }, find)
