import type { BundlePlace } from './assemble-bundle.js'
import type { Bundle, InvalidBundle, ValidBundle } from './bundle.js'
import { withParamsHash } from './derive-metadata.js'
import { withPerClass } from './derive-metrics.js'
import type { Sha256 } from './sha256.js'
import type { Timestamp } from './timestamp.js'

/** An instant as JSON: a bigint as text. */
type TimestampJson = [raw: string, epochMicros: string]

/** A bundle as a line of the index holds it: all that reading it answered, except where it is. */
export type BundleJson =
  | (Omit<ValidBundle, 'location' | 'modelId' | 'createdAt'> & { createdAt: TimestampJson })
  | (Omit<InvalidBundle, 'location' | 'modelId' | 'partial'> & {
      partial: Omit<InvalidBundle['partial'], 'createdAt'> & { createdAt?: TimestampJson }
    })

/** A bundle as JSON. */
export function toBundleJson(bundle: Bundle): BundleJson {
  if (bundle.status === 'valid') {
    const { metadata, metrics, derived } = bundle
    return {
      status: 'valid',
      metadata: has(derived.metadata, 'params_hash') ? without(metadata, 'params_hash') : metadata,
      metrics: has(derived.metrics, 'per_class') ? without(metrics, 'per_class') : metrics,
      encoders: bundle.encoders,
      selfTest: bundle.selfTest,
      derived,
      createdAt: toTimestampJson(bundle.createdAt),
      artifacts: bundle.artifacts,
      manifest: bundle.manifest,
      warnings: bundle.warnings,
    }
  }
  const { createdAt, ...partial } = bundle.partial
  const time = createdAt === undefined ? {} : { createdAt: toTimestampJson(createdAt) }
  return { status: 'invalid', problems: bundle.problems, partial: { ...partial, ...time } }
}

/** The bundle that its JSON stands for. */
export function fromBundleJson(
  json: BundleJson,
  { modelId, location }: Pick<BundlePlace, 'modelId' | 'location'>,
  sha256: Sha256,
): Bundle {
  if (json.status === 'valid') {
    const { metadata, metrics, derived } = json
    return {
      status: 'valid',
      modelId,
      location,
      metadata: has(derived.metadata, 'params_hash') ? withParamsHash(metadata, sha256) : metadata,
      metrics: has(derived.metrics, 'per_class') ? withPerClass(metrics) : metrics,
      encoders: json.encoders,
      selfTest: json.selfTest,
      derived,
      createdAt: fromTimestampJson(json.createdAt),
      artifacts: json.artifacts,
      manifest: json.manifest,
      warnings: json.warnings,
    }
  }
  const { createdAt, ...partial } = json.partial
  const time = createdAt === undefined ? {} : { createdAt: fromTimestampJson(createdAt) }
  return { status: 'invalid', modelId, location, problems: json.problems, partial: { ...partial, ...time } }
}

const has = (names: readonly string[], name: string): boolean => names.includes(name)

/** A copy without what is made when it is asked for. */
function without<T extends object>(document: T, key: keyof T): T {
  const copy = { ...document }
  delete copy[key]
  return copy
}

const toTimestampJson = ({ raw, epochMicros }: Timestamp): TimestampJson => [raw, String(epochMicros)]

const fromTimestampJson = ([raw, micros]: TimestampJson): Timestamp => ({ raw, epochMicros: BigInt(micros) })
