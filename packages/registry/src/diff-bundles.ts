import { isDeepStrictEqual } from 'node:util'
import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import { formatDecimal, subtractDecimal } from '@taskclf/selection-policy'
import { RegistryUseError } from './errors.js'

/** A value in which two bundles differ; absent on the side that lacks it. */
export interface Difference {
  /** Path of the key, its parts joined by dots. */
  at: string
  one?: unknown
  other?: unknown
  /** Other minus one as an exact decimal, where both are numbers. */
  change?: string
}

/** In what two bundles differ: keys that are equal are left out. */
export interface BundleDiff {
  one: string
  other: string
  metrics: readonly Difference[]
  metadata: readonly Difference[]
  artifacts: ArtifactDiff
}

/** The files that two bundles name, and those of the same name whose contents differ by what their manifests say. */
export interface ArtifactDiff {
  onlyOne: readonly string[]
  onlyOther: readonly string[]
  differ: readonly string[]
  /** Whether these differ is unknown: a bundle has no manifest that tells it. */
  unknown: readonly string[]
}

/**
 * In what two bundles differ.
 *
 * @throws RegistryUseError `invalid_bundle` when one of them cannot be read.
 */
export function diffBundles(one: Bundle, other: Bundle): BundleDiff {
  const [a, b] = [required(one), required(other)]
  return {
    one: a.modelId,
    other: b.modelId,
    metrics: differences(a.metrics, b.metrics),
    metadata: differences(a.metadata, b.metadata),
    artifacts: artifactDiff(a, b),
  }
}

function artifactDiff(one: ValidBundle, other: ValidBundle): ArtifactDiff {
  const shared = one.artifacts.filter((name) => other.artifacts.includes(name))
  const pairs = shared.map((name) => ({ name, digests: [digestOf(one, name), digestOf(other, name)] }))
  const isUnknown = ({ digests }: (typeof pairs)[number]) => digests.includes(undefined)
  return {
    onlyOne: one.artifacts.filter((name) => !shared.includes(name)),
    onlyOther: other.artifacts.filter((name) => !shared.includes(name)),
    differ: pairs
      .filter((pair) => !isUnknown(pair) && pair.digests[0] !== pair.digests[1])
      .map(({ name }) => name),
    unknown: pairs.filter(isUnknown).map(({ name }) => name),
  }
}

function digestOf({ manifest }: ValidBundle, name: string): string | undefined {
  return manifest !== undefined && Object.hasOwn(manifest.files, name)
    ? manifest.files[name]?.sha256
    : undefined
}

function required(bundle: Bundle): ValidBundle {
  if (bundle.status === 'valid') return bundle
  const why = bundle.problems.map(({ message }) => message).join('; ')
  const details = { modelId: bundle.modelId, problems: bundle.problems }
  throw new RegistryUseError('invalid_bundle', `${bundle.modelId} is not a valid bundle: ${why}`, details)
}

function differences(one: object, other: object, path = ''): Difference[] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()
  return keys.flatMap((key): Difference[] => {
    const [x, y] = [valueAt(one, key), valueAt(other, key)]
    if (isDeepStrictEqual(x, y)) return []
    const at = `${path}${key}`
    if (isRecord(x) && isRecord(y)) return differences(x, y, `${at}.`)
    const change =
      typeof x === 'number' && typeof y === 'number' ? formatDecimal(subtractDecimal(y, x)) : undefined
    return [
      {
        at,
        ...(x !== undefined && { one: x }),
        ...(y !== undefined && { other: y }),
        ...(change !== undefined && { change }),
      },
    ]
  })
}

function valueAt(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
