import { RegistryError } from '../errors.js'
import { checkDocument } from './check-document.js'
import { findInFeatureSchema } from './document-shapes.js'
import type { FeatureSchemaFile } from './feature-schema-file.js'
import type { Sha256 } from './sha256.js'
import { duplicateKeyProblems, parseStrictJson } from './strict-json.js'

/** A feature schema and its hash. */
export interface FeatureSchema {
  version?: string
  columns: readonly (readonly [name: string, type: string])[]
  /** 12 hex digits. */
  hash: string
}

/** The first 12 hex digits of the SHA-256 of the compact JSON of columns. */
export function schemaHash(
  columns: readonly (readonly [name: string, type: string])[],
  sha256: Sha256,
): string {
  return sha256(JSON.stringify(columns.map(([name, type]) => [name, type]))).slice(0, 12)
}

/**
 * The feature schema that a file's bytes hold.
 *
 * @param path is in messages
 * @throws RegistryError `feature_schema_invalid`, with every violation.
 */
export function parseFeatureSchema(bytes: Uint8Array, path: string, sha256: Sha256): FeatureSchema {
  const { version, columns, schema_hash: stated } = documentOf(bytes, path)
  const computed = schemaHash(columns, sha256)
  if (stated !== undefined && stated !== computed) {
    throw invalid(path, [
      `schema_hash is stated as ${stated}, but the columns give ${computed}; correct either`,
    ])
  }
  return { ...(version === undefined ? {} : { version }), columns, hash: computed }
}

function documentOf(bytes: Uint8Array, path: string): FeatureSchemaFile {
  const parsed = parseStrictJson(bytes, path)
  if (!parsed.ok) throw invalid(path, [parsed.problem.message])
  const twice = duplicateKeyProblems(path, parsed.duplicateKeys)
  if (twice.length > 0) throw invalid(path, messages(twice))
  const checked = checkDocument<FeatureSchemaFile>(findInFeatureSchema, parsed.value, path)
  if (!checked.ok) throw invalid(path, messages(checked.problems))
  return checked.value
}

const messages = (problems: readonly { message: string }[]): string[] =>
  problems.map(({ message }) => message)

function invalid(path: string, reasons: string[]): RegistryError {
  return new RegistryError(
    'feature_schema_invalid',
    path,
    `${path} is not a feature schema: ${reasons.join('; ')}`,
  )
}
