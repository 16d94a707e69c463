import type { InvalidBundle, LocalInvalidBundle, LocalValidBundle, ValidBundle } from './bundle.js'
import { deriveMetadata } from './derive-metadata.js'
import { deriveMetrics } from './derive-metrics.js'
import { isModelId } from './layout.js'
import type { Problem } from './problems.js'
import { unknownKeys } from './unknown-keys.js'

/** Where a bundle lies: `dir` is its real path, links in it must end inside `root`. */
export interface BundlePlace {
  root: string
  dir: string
  modelId: string
  promoted: boolean
}

/** A bundle that cannot be used, and why. */
export function invalidBundle(
  modelId: string,
  path: string,
  problems: Problem[],
  partial: InvalidBundle['partial'] = {},
): LocalInvalidBundle {
  return { status: 'invalid', modelId, location: path, path, problems, partial }
}

/** What was read of a bundle, all of it in order. */
export type BundleParts = Pick<
  ValidBundle,
  'metadata' | 'metrics' | 'createdAt' | 'artifacts' | 'manifest' | 'warnings'
>

/** The valid bundle that its parts make, with everything that can be derived filled in. */
export function assembleBundle(place: BundlePlace, parts: BundleParts): LocalValidBundle {
  const metrics = deriveMetrics(parts.metrics)
  const metadata = deriveMetadata(parts.metadata, parts.metrics)
  return {
    status: 'valid',
    modelId: ownId(place, parts.metadata.model_id),
    location: place.dir,
    path: place.dir,
    metadata: metadata.metadata,
    metrics: metrics.metrics,
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
