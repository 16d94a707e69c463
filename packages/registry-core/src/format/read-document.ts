import type { BundleSource } from './bundle-source.js'
import { problemsOf } from './check-document.js'
import type { ManifestEntry } from './manifest.js'
import type { Problem } from './problems.js'
import type { Sha256 } from './sha256.js'
import type { Find } from './shape.js'
import { duplicateKeyProblems, parseStrictJson } from './strict-json.js'

/** A document of a bundle: as parsed, as checked, and all that is wrong with it. */
export interface Document<T> {
  /** The parsed value, unchecked; undefined when it could not be parsed. */
  raw: unknown
  /** The value once it satisfies its contract. */
  value: T | undefined
  /** Digest and size of the bytes that were parsed; undefined when they were not asked for, or not read. */
  entry: ManifestEntry | undefined
  problems: readonly Problem[]
}

/**
 * Reads, parses and checks one document of a bundle.
 *
 * @param sha256 takes the digest of what is parsed; without it none is taken
 */
export function readDocument<T>(
  source: BundleSource,
  name: string,
  find: Find,
  sha256?: Sha256,
): Document<T> {
  const read = source.read(name)
  if (!read.ok) return { raw: undefined, value: undefined, entry: undefined, problems: [read.problem] }
  const bytes = read.value
  const entry = sha256 && { sha256: sha256(bytes), size: bytes.length }
  const parsed = parseStrictJson(bytes, name)
  if (!parsed.ok) return { raw: undefined, value: undefined, entry, problems: [parsed.problem] }
  const { value: raw, duplicateKeys } = parsed
  const found = find(raw)
  const value = found.length === 0 ? (raw as T) : undefined
  if (value !== undefined && duplicateKeys.length === 0) return { raw, value, entry, problems: NOTHING }
  const problems = [...duplicateKeyProblems(name, duplicateKeys), ...problemsOf(found, raw, name)]
  return { raw, value, entry, problems }
}

const NOTHING: readonly Problem[] = []
