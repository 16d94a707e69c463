import type { InvalidBundle, ValidBundle } from './bundle.js'
import { isModelId } from './bundle-names.js'
import { deriveMetadata } from './derive-metadata.js'
import { deriveMetrics } from './derive-metrics.js'
import type { Problem } from './problems.js'
import type { Sha256 } from './sha256.js'
import { unknownKeys } from './unknown-keys.js'

/** What a bundle is called and where it is. */
export interface BundlePlace {
  /** The name of its directory. */
  modelId: string
  /** Whether it is in a registry: then its id is that name. */
  promoted: boolean
  /** For people. */
  location: string
}

/** A bundle that cannot be used, and why. */
export function invalidBundle(
  { modelId, location }: Pick<BundlePlace, 'modelId' | 'location'>,
  problems: Problem[],
  partial: InvalidBundle['partial'] = {},
): InvalidBundle {
  return { status: 'invalid', modelId, location, problems, partial }
}

/** What was read of a bundle, all of it in order. */
export type BundleParts = Pick<
  ValidBundle,
  'metadata' | 'metrics' | 'encoders' | 'selfTest' | 'createdAt' | 'artifacts' | 'manifest' | 'warnings'
>

/** The valid bundle that its parts make, with everything that can be derived filled in. */
export function assembleBundle(place: BundlePlace, parts: BundleParts, sha256: Sha256): ValidBundle {
  const metrics = deriveMetrics(parts.metrics)
  const metadata = deriveMetadata(parts.metadata, parts.metrics, sha256)
  return {
    status: 'valid',
    modelId: ownId(place, parts.metadata.model_id),
    location: place.location,
    metadata: metadata.metadata,
    metrics: metrics.metrics,
    encoders: parts.encoders,
    selfTest: parts.selfTest,
    derived: { metadata: metadata.derived, metrics: metrics.derived },
    createdAt: parts.createdAt,
    artifacts: parts.artifacts,
    manifest: parts.manifest,
    warnings: [
      ...metadata.warnings,
      ...metrics.warnings,
      ...unknownKeys(parts.metadata, parts.metrics),
      ...parts.warnings,
    ],
  }
}

function ownId({ promoted, modelId }: BundlePlace, stated: string | undefined): string {
  return !promoted && stated !== undefined && isModelId(stated) ? stated : modelId
}
