import type { Bundle, BundleMetrics, InvalidBundle, ValidBundle } from '@taskclf/registry-core'
import { metricValue, type Policy } from '@taskclf/selection-policy'
import { policyMetrics } from './policy-metrics.js'

/** What a row shows, whatever the policy asks for. */
const SHOWN = ['macro_f1', 'weighted_f1', 'breakidle_precision', 'min_class_precision', 'acceptance_pass']

/**
 * Makes of a bundle what a list keeps of it, so that a hundred thousand can be held at once: under this policy, and any
 * requirement, it is judged as the whole one would be.
 *
 * @param shown paths of further metrics to keep
 */
export function slimmer(policy: Policy, shown: readonly string[] = []): (bundle: Bundle) => Bundle {
  const named = policyMetrics(policy)
  const paths = [...new Set([...SHOWN, ...named, ...shown])]
  const share = sharer()
  return (bundle) =>
    bundle.status === 'valid'
      ? slimValid(bundle, metricsOf(bundle, named, paths), share)
      : slimInvalid(bundle)
}

/** A bundle that lacks what the policy names keeps every figure: which of them was meant is part of the judgement. */
function metricsOf(bundle: ValidBundle, named: readonly string[], paths: readonly string[]): BundleMetrics {
  const lacks = named.some((path) => metricValue(bundle, path) === undefined)
  return slimMetrics(bundle.metrics, paths, lacks)
}

function slimValid(bundle: ValidBundle, metrics: BundleMetrics, share: Share): ValidBundle {
  const { status, modelId, location, createdAt, derived, warnings } = bundle
  const { created_at, schema_hash, schema_version, label_set } = bundle.metadata
  return {
    status,
    modelId,
    location,
    metadata: { created_at, schema_hash, schema_version, label_set: share(label_set) },
    metrics,
    encoders: undefined,
    selfTest: undefined,
    derived: { metadata: NONE, metrics: share(derived.metrics) },
    createdAt,
    artifacts: NONE,
    manifest: undefined,
    warnings,
  }
}

const NONE: readonly never[] = []

/** The members on the way to a path; a key may hold dots, as a path does. No path leads into a list. */
function slimMetrics(metrics: BundleMetrics, paths: readonly string[], figures: boolean): BundleMetrics {
  const leads = (key: string) => (path: string) =>
    path.startsWith(key) && (path.length === key.length || path[key.length] === '.')
  const kept = Object.keys(metrics).filter(
    (key) => paths.some(leads(key)) || (figures && !Array.isArray(metrics[key])),
  )
  // fromEntries defines its keys, so that one named __proto__ stays a key.
  return Object.fromEntries(kept.map((key) => [key, metrics[key]])) as BundleMetrics
}

function slimInvalid({ status, modelId, location, problems, partial }: InvalidBundle): InvalidBundle {
  const { createdAt, metadata } = partial
  const slim = {
    metadata: { schema_hash: hashIn(metadata) },
    ...(createdAt === undefined ? {} : { createdAt }),
  }
  return { status, modelId, location, problems, partial: slim }
}

/**
 * The feature schema that a bundle states, also one that is not valid.
 *
 * @example
 * ```ts
 * for (const bundle of await listBundles('models')) console.log(bundle.modelId, schemaHashOf(bundle))
 * ```
 */
export function schemaHashOf(bundle: Bundle): string | undefined {
  if (bundle.status === 'valid') return bundle.metadata.schema_hash
  const hash = hashIn(bundle.partial.metadata)
  return typeof hash === 'string' ? hash : undefined
}

const hashIn = (metadata: unknown): unknown =>
  (metadata as { schema_hash?: unknown } | null | undefined)?.schema_hash

type Share = <T extends readonly string[] | undefined>(list: T) => T

/** Gives for equal lists the same one. */
function sharer(): Share {
  const known = new Map<string, readonly string[]>()
  return (list) => {
    if (list === undefined) return list
    const key = JSON.stringify(list)
    const first = known.get(key)
    if (first === undefined) known.set(key, list)
    return (first ?? list) as typeof list
  }
}
