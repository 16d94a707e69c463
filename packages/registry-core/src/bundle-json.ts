import type { Bundle, InvalidBundle, LocalBundle, ValidBundle } from './bundle.js'
import { withParamsHash } from './derive-metadata.js'
import { withPerClass } from './derive-metrics.js'
import type { Timestamp } from './timestamp.js'

/** An instant as JSON: a bigint as text. */
type TimestampJson = [raw: string, epochMicros: string]

/** A bundle as a line of the index holds it: all that reading it answered, except where it lies. */
export type BundleJson =
  | (Omit<ValidBundle, 'location' | 'modelId' | 'createdAt'> & { createdAt: TimestampJson })
  | (Omit<InvalidBundle, 'location' | 'modelId' | 'partial'> & {
      partial: Omit<InvalidBundle['partial'], 'createdAt'> & { createdAt?: TimestampJson }
    })

/** A bundle as JSON. */
export function toBundleJson(bundle: Bundle): BundleJson {
  if (bundle.status === 'valid') {
    const { status, metadata, metrics, derived, createdAt, artifacts, manifest, warnings } = bundle
    return {
      status,
      metadata: has(derived.metadata, 'params_hash') ? without(metadata, 'params_hash') : metadata,
      metrics: has(derived.metrics, 'per_class') ? without(metrics, 'per_class') : metrics,
      derived,
      createdAt: toTimestampJson(createdAt),
      artifacts,
      manifest,
      warnings,
    }
  }
  const { createdAt, ...partial } = bundle.partial
  const time = createdAt === undefined ? {} : { createdAt: toTimestampJson(createdAt) }
  return { status: 'invalid', problems: bundle.problems, partial: { ...partial, ...time } }
}

/** The bundle of a directory that its JSON stands for. */
export function fromBundleJson(json: BundleJson, modelId: string, path: string): LocalBundle {
  if (json.status === 'valid') {
    const { metadata, metrics, derived, artifacts, manifest, warnings } = json
    const createdAt = fromTimestampJson(json.createdAt)
    return {
      status: 'valid',
      modelId,
      location: path,
      path,
      metadata: has(derived.metadata, 'params_hash') ? withParamsHash(metadata) : metadata,
      metrics: has(derived.metrics, 'per_class') ? withPerClass(metrics) : metrics,
      derived,
      createdAt,
      artifacts,
      manifest,
      warnings,
    }
  }
  const { createdAt, ...partial } = json.partial
  const time = createdAt === undefined ? {} : { createdAt: fromTimestampJson(createdAt) }
  const place = { modelId, location: path, path }
  return { status: 'invalid', ...place, problems: json.problems, partial: { ...partial, ...time } }
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
