import type { z } from 'zod'
import { findVocabularies } from './document-parts.js'
import { entries } from './schema-parts.js'

const VOCABULARY = { type: 'array', items: { type: 'string' }, uniqueItems: true }

/**
 * `categorical_encoders.json`, version 1: column → vocabulary in code order. A text's code is its place.
 *
 * @example
 * ```ts
 * categoricalEncodersSchema.safeParse({ app_id: ['__unknown__', 'editor'] }).success // true
 * ```
 */
export const categoricalEncodersSchema = /* @__PURE__ */ (() =>
  entries<string[]>(VOCABULARY, findVocabularies).meta({
    title: 'Categorical encoders, version 1',
  }))()

/** `categorical_encoders.json` as on disk. */
export type CategoricalEncoders = z.infer<typeof categoricalEncodersSchema>
