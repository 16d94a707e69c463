import { isDeepStrictEqual } from 'node:util'
import type { ValidBundle } from '../format/bundle.js'
import { BUNDLE_FILES } from '../format/bundle-files.js'
import { gatheredSource } from '../format/gathered-source.js'
import type { ManifestEntry } from '../format/manifest.js'
import { readBundleFrom } from '../format/read-bundle-from.js'
import { sha256 } from './sha256.js'

/** The documents that a bundle holds as they were parsed. */
export const PARSED_DOCUMENTS: readonly string[] = [
  BUNDLE_FILES.metadata,
  BUNDLE_FILES.metrics,
  BUNDLE_FILES.encoders,
  BUNDLE_FILES.selfTest,
]

/**
 * Whether a bundle that was read before says what these bytes say. Without a manifest nothing else tells: what was parsed would
 * be judged, and a digest of other bytes be recorded for it.
 *
 * @param documents the bytes of {@link PARSED_DOCUMENTS}, as far as they are there
 * @param files all that the bundle has now
 */
export function isParsedFrom(
  bundle: ValidBundle,
  documents: ReadonlyMap<string, Uint8Array>,
  files: Readonly<Record<string, ManifestEntry>>,
): boolean {
  const gathered = Object.entries(files).map(
    ([name, { size }]) => [name, { size, bytes: documents.get(name) }] as const,
  )
  const { modelId, location } = bundle
  // Not as a promoted one: which id fits was decided where it was read.
  const place = { modelId, location, promoted: false }
  const now = readBundleFrom(gatheredSource(new Map(gathered)), place, sha256)
  return now.status === 'valid' && isDeepStrictEqual(contentOf(now), contentOf(bundle))
}

const contentOf = ({ metadata, metrics, encoders, selfTest, artifacts }: ValidBundle) => [
  metadata,
  metrics,
  encoders,
  selfTest,
  artifacts,
]
