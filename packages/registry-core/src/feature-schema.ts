import { hash } from 'node:crypto'
import { resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { z } from 'zod'
import { checkDocument } from './check-document.js'
import { RegistryError } from './errors.js'
import { MAX_DOCUMENT_BYTES } from './layout.js'
import { checked, type Found, text } from './schema-parts.js'
import { duplicateKeyProblems, parseStrictJson } from './strict-json.js'

const MOST_COLUMNS = 100_000

const isColumn = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string' && part !== '')

const columns = () =>
  checked<[name: string, type: string][]>(
    {
      type: 'array',
      items: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'string' }],
        minItems: 2,
        maxItems: 2,
      },
      minItems: 1,
    },
    (value) => {
      if (!Array.isArray(value) || value.length === 0 || value.length > MOST_COLUMNS) {
        return [{ path: [], message: `must be a list of 1 to ${MOST_COLUMNS} columns` }]
      }
      const seen = new Set<unknown>()
      return value.flatMap((column: unknown, i): Found[] => {
        if (!isColumn(column)) return [{ path: [i], message: 'must be a pair of name and type' }]
        const name: unknown = (column as unknown[])[0]
        if (seen.has(name)) return [{ path: [i], message: 'names a column that stands there already' }]
        seen.add(name)
        return []
      })
    },
  )

/**
 * A feature-schema file: the columns a model is trained on, in order, as `[name, type]`.
 *
 * @example
 * ```ts
 * featureSchemaSchema.safeParse({ version: 'v1', columns: [['app_id', 'category']] }).success // true
 * ```
 */
export const featureSchemaSchema = z
  .looseObject(
    {
      version: text().optional(),
      columns: columns(),
      schema_hash: text()
        .optional()
        .meta({ description: 'First 12 hex of the SHA-256 of the compact columns.' }),
    },
    { error: 'must be an object' },
  )
  .meta({ title: 'Feature schema, version 1' })

/** A feature schema and its hash. */
export interface FeatureSchema {
  version?: string
  columns: readonly (readonly [name: string, type: string])[]
  /** 12 hex digits. */
  hash: string
}

/**
 * The hash that names a feature schema: the first 12 hex digits of the SHA-256 of the compact JSON `[["name","type"],…]`,
 * in UTF-8. Order matters.
 *
 * @example
 * ```ts
 * computeSchemaHash([['app_id', 'category'], ['keys_per_min', 'float']]).length // 12
 * ```
 */
export function computeSchemaHash(columns: readonly (readonly [name: string, type: string])[]): string {
  return hash('sha256', JSON.stringify(columns.map(([name, type]) => [name, type])), 'hex').slice(0, 12)
}

/**
 * Reads a feature-schema file and computes its hash.
 *
 * @throws RegistryError `feature_schema_unreadable`; `feature_schema_invalid`, with every violation, also when the file
 * states a `schema_hash` that its columns do not have.
 * @example
 * ```ts
 * const { hash, version } = await readFeatureSchema('feature-schema.json')
 * ```
 */
export async function readFeatureSchema(path: string): Promise<FeatureSchema> {
  const file = readSmallFile(resolve(path), { maxBytes: MAX_DOCUMENT_BYTES })
  if (!file.ok) {
    const message = `the feature schema cannot be read: ${file.message}; give the path of a feature-schema file`
    throw new RegistryError('feature_schema_unreadable', path, message, { cause: file.cause })
  }
  const parsed = parseStrictJson(file.bytes, path)
  if (!parsed.ok) throw invalid(path, [parsed.problem.message])
  if (parsed.duplicateKeys.length > 0) {
    throw invalid(
      path,
      duplicateKeyProblems(path, parsed.duplicateKeys).map((problem) => problem.message),
    )
  }
  const checked = checkDocument(featureSchemaSchema, parsed.value, path)
  if (!checked.ok)
    throw invalid(
      path,
      checked.problems.map((problem) => problem.message),
    )
  const { version, columns, schema_hash: stated } = checked.value
  const computed = computeSchemaHash(columns)
  if (stated !== undefined && stated !== computed) {
    throw invalid(path, [
      `schema_hash is stated as ${stated}, but the columns give ${computed}; correct either`,
    ])
  }
  return { ...(version === undefined ? {} : { version }), columns, hash: computed }
}

function invalid(path: string, reasons: string[]): RegistryError {
  return new RegistryError(
    'feature_schema_invalid',
    path,
    `${path} is not a feature schema: ${reasons.join('; ')}`,
  )
}
