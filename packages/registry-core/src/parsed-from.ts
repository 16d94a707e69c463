import { isDeepStrictEqual } from 'node:util'
import { nameArtifacts } from './artifacts.js'
import type { ValidBundle } from './bundle.js'
import { deriveMetadata } from './derive-metadata.js'
import { deriveMetrics } from './derive-metrics.js'
import { findInMetadata, findInMetrics } from './document-shapes.js'
import { BUNDLE_FILES } from './layout.js'
import type { BundleMetadata } from './metadata.js'
import type { BundleMetrics } from './metrics.js'
import type { Find } from './shape.js'
import { parseStrictJson } from './strict-json.js'

/** The documents that a bundle holds as they were parsed; every other is parsed by who needs it, from the bytes that were hashed. */
export const PARSED_DOCUMENTS: readonly string[] = [BUNDLE_FILES.metadata, BUNDLE_FILES.metrics]

/**
 * Whether a bundle that was read before says what these bytes say. Without a manifest nothing else tells: what was parsed would
 * be judged, and a digest of other bytes be recorded for it.
 *
 * @param names the files that the bundle has now
 */
export function isParsedFrom(
  bundle: ValidBundle,
  documents: ReadonlyMap<string, Uint8Array>,
  names: readonly string[],
): boolean {
  const metadata = parse<BundleMetadata>(documents, BUNDLE_FILES.metadata, findInMetadata)
  const metrics = parse<BundleMetrics>(documents, BUNDLE_FILES.metrics, findInMetrics)
  if (metadata === undefined || metrics === undefined) return false
  const now = [
    deriveMetadata(metadata, metrics).metadata,
    deriveMetrics(metrics).metrics,
    nameArtifacts(names, metadata.artifacts),
  ]
  return isDeepStrictEqual(now, [bundle.metadata, bundle.metrics, bundle.artifacts])
}

function parse<T>(documents: ReadonlyMap<string, Uint8Array>, name: string, find: Find): T | undefined {
  const bytes = documents.get(name)
  const parsed = bytes && parseStrictJson(bytes, name)
  if (!parsed?.ok || parsed.duplicateKeys.length > 0 || find(parsed.value).length > 0) return undefined
  return parsed.value as T
}
