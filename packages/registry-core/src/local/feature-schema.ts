import { resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { RegistryError } from '../errors.js'
import { MAX_DOCUMENT_BYTES } from '../format/bundle-files.js'
import { type FeatureSchema, parseFeatureSchema, schemaHash } from '../format/parse-feature-schema.js'
import { sha256 } from './sha256.js'

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
  return schemaHash(columns, sha256)
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
  return parseFeatureSchema(file.bytes, path, sha256)
}
