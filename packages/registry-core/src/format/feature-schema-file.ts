import { z } from 'zod'
import { findColumns } from './document-parts.js'
import { checked, text } from './schema-parts.js'

const COLUMNS = {
  type: 'array',
  items: {
    type: 'array',
    prefixItems: [{ type: 'string' }, { type: 'string' }],
    minItems: 2,
    maxItems: 2,
  },
  minItems: 1,
}

/**
 * A feature-schema file: the columns a model is trained on, in order, as `[name, type]`.
 *
 * @example
 * ```ts
 * featureSchemaSchema.safeParse({ version: 'v1', columns: [['app_id', 'category']] }).success // true
 * ```
 */
export const featureSchemaSchema = /* @__PURE__ */ (() =>
  z
    .looseObject(
      {
        version: text().optional(),
        columns: checked<[name: string, type: string][]>(COLUMNS, findColumns),
        schema_hash: text()
          .optional()
          .meta({ description: 'First 12 hex of the SHA-256 of the compact columns.' }),
      },
      { error: 'must be an object' },
    )
    .meta({ title: 'Feature schema, version 1' }))()

/** A feature-schema file as on disk. */
export type FeatureSchemaFile = z.infer<typeof featureSchemaSchema>
