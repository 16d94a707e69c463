import type { ValidBundle } from '@taskclf/registry-core'
import type { Reason } from './reason.js'
import { plainName, quote } from './reason.js'

/** A feature schema that the caller can feed: its hash and, where known, the version that goes with it. */
export interface RequiredSchema {
  readonly hash: string
  readonly version?: string
}

/** What the caller needs of a model. An absent part does not restrict. */
export interface Requirement {
  /** In order of preference. Given but empty, nothing is compatible. */
  readonly schemas?: readonly RequiredSchema[]
  /** Compared as a set. */
  readonly labelSet?: readonly string[]
}

/** Whether a bundle is what the caller needs, and everything against it. */
export interface Compatibility {
  compatible: boolean
  /** Empty exactly when compatible. */
  reasons: Reason[]
  /** The place of its schema in `requirement.schemas`, from 0; absent when not restricted or not met. */
  schemaRank?: number
}

/**
 * Whether a bundle's feature schema and labels are what the caller requires.
 *
 * @example
 * ```ts
 * isCompatible(bundle, { schemas: [{ hash: '8776f20dbb8f' }] }) // { compatible: true, reasons: [], schemaRank: 0 }
 * ```
 */
export function isCompatible(bundle: ValidBundle, requirement: Requirement): Compatibility {
  const schema = checkSchema(bundle, requirement.schemas)
  const reasons = [...schema.reasons, ...checkLabels(bundle, requirement.labelSet)]
  const answer = { compatible: reasons.length === 0, reasons }
  return schema.rank === undefined ? answer : { ...answer, schemaRank: schema.rank }
}

function checkSchema(
  bundle: ValidBundle,
  schemas: Requirement['schemas'],
): { reasons: Reason[]; rank?: number } {
  if (schemas === undefined) return { reasons: [] }
  const { schema_hash, schema_version: version } = bundle.metadata
  const hash: string | undefined = schema_hash
  if (hash === undefined) return { reasons: [hashAbsent(schemas)] }
  const listed = schemas.filter((schema) => schema.hash === hash)
  if (listed.length === 0) return { reasons: [hashMismatch(hash, schemas)] }
  const rank = schemas.findIndex((schema) => schema.hash === hash && agrees(schema.version, version))
  if (rank >= 0) return { reasons: [], rank }
  return { reasons: [contradiction(hash, version, listed)] }
}

const agrees = (required: string | undefined, stated: unknown): boolean =>
  required === undefined || stated === undefined || required === stated

function hashAbsent(schemas: readonly RequiredSchema[]): Reason {
  const expected = schemas.map((schema) => schema.hash)
  const message =
    'states no schema_hash, so nothing says which features it takes; a feature schema is required'
  return { stage: 'incompatible', code: 'schema_hash_absent', message, expected }
}

function hashMismatch(actual: string, schemas: readonly RequiredSchema[]): Reason {
  const expected = schemas.map((schema) => schema.hash)
  const wanted =
    expected.length === 0 ? 'no schema is accepted' : `accepted: ${expected.map(plainName).join(', ')}`
  return {
    stage: 'incompatible',
    code: 'schema_hash_mismatch',
    message: `trained on feature schema ${quote(actual)}; ${wanted}`,
    expected,
    actual,
  }
}

function contradiction(hash: string, actual: unknown, listed: readonly RequiredSchema[]): Reason {
  const expected = listed.map((schema) => schema.version)
  return {
    stage: 'incompatible',
    code: 'schema_version_contradiction',
    message: `says schema_version ${quote(actual)}, but schema ${plainName(hash)} is version ${expected.map((version) => plainName(version ?? '')).join(' or ')}`,
    expected,
    actual,
  }
}

function checkLabels(bundle: ValidBundle, required: Requirement['labelSet']): Reason[] {
  if (required === undefined) return []
  const actual = bundle.metadata.label_set
  const expected = [...required]
  if (actual === undefined) {
    const message = 'states no label_set and its metrics name no labels; a label set is required'
    return [{ stage: 'incompatible', code: 'label_set_absent', message, expected }]
  }
  const missing = expected.filter((label) => !actual.includes(label))
  const extra = actual.filter((label) => !expected.includes(label))
  if (missing.length + extra.length === 0) return []
  const parts = [
    ...(missing.length > 0 ? [`lacks ${missing.map(quote).join(', ')}`] : []),
    ...(extra.length > 0 ? [`adds ${extra.map(quote).join(', ')}`] : []),
  ]
  const message = `its label set ${parts.join(' and ')}`
  return [{ stage: 'incompatible', code: 'label_set_mismatch', message, expected, actual: [...actual] }]
}
