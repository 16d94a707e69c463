import { z } from 'zod'

/** No contract needs longer lists, and the messages about a hostile one would fill the memory. */
const MOST_LABELS = 10_000
const MOST_ISSUES = 20

/** What is wrong inside a value, and where. */
export type Found = { path: PropertyKey[]; message: string }
type JsonSchema = Record<string, unknown>

/**
 * A value that is checked by hand: zod makes an issue of every bad element of a list, and a file may hold millions.
 * `schema` says the same in JSON Schema.
 */
export function checked<T>(schema: JsonSchema, find: (value: unknown) => Found[]) {
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

/** A finite number from 0 to 1. */
export const fraction = () => {
  const error = 'must be a number from 0 to 1'
  return z.number({ error }).min(0, { error }).max(1, { error })
}

/** true or false, and nothing like it. */
export const bool = () => z.boolean({ error: 'must be true or false' })

/** A list of at least one text, none of them twice. */
export const uniqueTexts = (what: string, usable: (text: string) => string | undefined = () => undefined) =>
  checked<string[]>(
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true },
    (value) => {
      if (!Array.isArray(value) || value.length === 0)
        return [{ path: [], message: `must be a list of ${what}` }]
      if (value.length > MOST_LABELS) return [{ path: [], message: `has more than ${MOST_LABELS} ${what}` }]
      const seen = new Set<unknown>()
      return value.flatMap((item: unknown, i): Found[] => {
        const bad =
          badText(item) ?? usable(item as string) ?? (seen.has(item) ? 'stands there twice' : undefined)
        seen.add(item)
        return bad === undefined ? [] : [{ path: [i], message: bad }]
      })
    },
  )

function badText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return 'must be a text that is not empty'
  return isWellFormed(value) ? undefined : 'holds a lone surrogate, which is no character'
}

/** Whether the text has no lone surrogate. */
export function isWellFormed(value: string): boolean {
  return !/\p{Cs}/u.test(value)
}

const COUNT: JsonSchema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }

/** A square matrix of counts. */
export const countMatrix = () =>
  checked<number[][]>({ type: 'array', items: { type: 'array', items: COUNT }, minItems: 1 }, (value) => {
    if (!Array.isArray(value) || value.length === 0) return [{ path: [], message: 'must be a list of rows' }]
    const found: Found[] = []
    for (let i = 0; i < value.length && found.length < MOST_ISSUES; i++) {
      const row: unknown = value[i]
      if (!Array.isArray(row) || row.length !== value.length) {
        found.push({ path: [i], message: `must be a row of ${value.length} counts, as there are rows` })
        continue
      }
      const j = row.findIndex((cell) => !isCount(cell))
      if (j !== -1)
        found.push({ path: [i, j], message: 'must be a count: a whole number from 0 to 2^53 - 1' })
    }
    return found
  })

/** Whether the value is a whole number from 0 to 2^53 - 1. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0)
}

/** An object whose keys are free; `find` gives what is wrong with one entry. */
export const entries = <T>(schema: JsonSchema, find: (value: unknown, key: string) => Found[]) =>
  checked<Record<string, T>>({ type: 'object', additionalProperties: schema }, (value) => {
    if (!isObject(value)) return [{ path: [], message: 'must be an object' }]
    const keys = Object.keys(value)
    if (keys.length > MOST_LABELS) return [{ path: [], message: `has more than ${MOST_LABELS} keys` }]
    const found: Found[] = []
    for (const key of keys) {
      for (const { path, message } of find(value[key], key)) found.push({ path: [key, ...path], message })
      if (!isWellFormed(key)) found.push({ path: [key], message: 'has a lone surrogate in its key' })
      if (found.length >= MOST_ISSUES) break
    }
    return found
  })

/** What is wrong with one member of an object, given what it must be. */
export function member(
  value: Record<string, unknown>,
  key: string,
  fits: (value: unknown) => boolean,
  rule: string,
): Found[] {
  return Object.hasOwn(value, key) && fits(value[key]) ? [] : [{ path: [key], message: rule }]
}

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
