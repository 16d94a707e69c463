import { nearestName } from '@taskclf/errors'
import { BUNDLE_FILES } from './bundle-files.js'
import { METADATA_KEYS, METRICS_KEYS, PREPROCESSING_KEYS } from './document-shapes.js'
import type { BundleMetadata } from './metadata.js'
import type { BundleMetrics } from './metrics.js'
import type { BundleWarning } from './problems.js'

/** Keys that read like known ones which the document lacks: their writer meant those. Others are kept without a word. */
export function unknownKeys(metadata: BundleMetadata, metrics: BundleMetrics): BundleWarning[] {
  const { preprocessing } = metadata
  return [
    ...slips(metadata, METADATA_KEYS, BUNDLE_FILES.metadata, ''),
    ...(preprocessing
      ? slips(preprocessing, PREPROCESSING_KEYS, BUNDLE_FILES.metadata, 'preprocessing.')
      : []),
    ...slips(metrics, METRICS_KEYS, BUNDLE_FILES.metrics, ''),
  ]
}

function slips(
  document: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  file: string,
  below: string,
): BundleWarning[] {
  const warnings: BundleWarning[] = []
  for (const key of Object.keys(document)) {
    if (known.has(key)) continue
    const meant = meantBy(key, known)
    if (meant === undefined || Object.hasOwn(document, meant)) continue
    const message = `${below}${key} is not a key that anything reads; did you mean ${below}${meant}?`
    warnings.push({ code: 'unknown_key', file, at: `${below}${key}`, message })
  }
  return warnings
}

/** The bundles of a models dir have the same keys: each is looked up once. */
const lookedUp = new WeakMap<ReadonlySet<string>, Map<string, string | undefined>>()
const MOST_KEPT = 1000

function meantBy(key: string, known: ReadonlySet<string>): string | undefined {
  const answers = lookedUp.get(known) ?? new Map<string, string | undefined>()
  if (answers.has(key)) return answers.get(key)
  const near = nearestName(key, [...known])
  // `macro_f2` is another metric than `macro_f1`, and not its name misspelt.
  const meant = near === undefined || withoutDigits(near) === withoutDigits(key) ? undefined : near
  if (answers.size < MOST_KEPT) lookedUp.set(known, answers.set(key, meant))
  return meant
}

const withoutDigits = (name: string) => name.replace(/\d/g, '')
