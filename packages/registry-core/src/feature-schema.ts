import { hash } from 'node:crypto'
import { resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { checkDocument } from './check-document.js'
import { findInFeatureSchema } from './document-shapes.js'
import { RegistryError } from './errors.js'
import type { FeatureSchemaFile } from './feature-schema-file.js'
import { MAX_DOCUMENT_BYTES } from './layout.js'
import { duplicateKeyProblems, parseStrictJson } from './strict-json.js'

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
  const checked = checkDocument<FeatureSchemaFile>(findInFeatureSchema, parsed.value, path)
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
