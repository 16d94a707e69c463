import type { z } from 'zod'
import { entries, isWellFormed } from './schema-parts.js'

const VOCABULARY = { type: 'array', items: { type: 'string' }, uniqueItems: true }

function badVocabulary(value: unknown): string | undefined {
  const texts = Array.isArray(value) && value.every((item) => typeof item === 'string' && isWellFormed(item))
  if (!texts) return 'must be a list of texts, in the order of their codes'
  return new Set(value).size === value.length ? undefined : 'holds a text twice: its code would be ambiguous'
}

/**
 * `categorical_encoders.json`, version 1: column → vocabulary in code order. A text's code is its place.
 *
 * @example
 * ```ts
 * categoricalEncodersSchema.safeParse({ app_id: ['__unknown__', 'editor'] }).success // true
 * ```
 */
export const categoricalEncodersSchema = entries<string[]>(VOCABULARY, (value) => {
  const message = badVocabulary(value)
  return message === undefined ? [] : [{ path: [], message }]
}).meta({ title: 'Categorical encoders, version 1' })

/** `categorical_encoders.json` as on disk. */
export type CategoricalEncoders = z.infer<typeof categoricalEncodersSchema>
