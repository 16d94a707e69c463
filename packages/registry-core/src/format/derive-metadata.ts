import { RegistryError } from '../errors.js'
import { BUNDLE_FILES } from './bundle-files.js'
import { canonicalJson, isSurelyCanonical } from './canonical-json.js'
import { copyDocument } from './copy-document.js'
import type { BundleMetadata } from './metadata.js'
import type { BundleMetrics } from './metrics.js'
import { onDemand } from './on-demand.js'
import type { BundleWarning } from './problems.js'
import type { Sha256 } from './sha256.js'
import { toFraction } from './within-bounds.js'

/** Metadata with what can be derived filled in. What is stated is never replaced. */
export interface DerivedMetadata {
  metadata: BundleMetadata
  derived: string[]
  warnings: BundleWarning[]
}

/** Fills in `label_set`, `task`, `train_range` and `params_hash` where they are absent. */
export function deriveMetadata(
  stated: BundleMetadata,
  metrics: BundleMetrics,
  sha256: Sha256,
): DerivedMetadata {
  const metadata = copyDocument(stated)
  if (typeof stated.reject_threshold === 'number')
    metadata.reject_threshold = toFraction(stated.reject_threshold)
  const derived: string[] = []
  const warnings: BundleWarning[] = []
  if (stated.label_set === undefined && metrics.label_names !== undefined) {
    metadata.label_set = metrics.label_names
    derived.push('label_set')
  }
  // Without labels the objective of the model decides, which only a runtime reads.
  if (stated.task === undefined && metadata.label_set !== undefined) {
    metadata.task = 'classification'
    derived.push('task')
  }
  if (stated.task === 'regression' && metadata.label_set !== undefined) warnings.push(TASK_DIFFERS)
  const { train_date_from: from, train_date_to: to } = stated
  if (from !== undefined && to !== undefined) {
    if (stated.train_range === undefined) {
      metadata.train_range = { from, to }
      derived.push('train_range')
    } else if (stated.train_range.from !== from || stated.train_range.to !== to) warnings.push(RANGES_DIFFER)
  }
  if (stated.params !== undefined && stated.params_hash === undefined) {
    const obstacle = whyNotDigestible(stated.params)
    if (obstacle === undefined) {
      withParamsHash(metadata, sha256)
      derived.push('params_hash')
    } else warnings.push(obstacle)
  }
  warnings.push(...labelWarnings(stated.label_set, metrics.label_names))
  return { metadata, derived, warnings }
}

/** Gives metadata the `params_hash` of their `params`. */
export function withParamsHash(metadata: BundleMetadata, sha256: Sha256): BundleMetadata {
  return Object.defineProperty(metadata, 'params_hash', paramsHash(sha256))
}

/** Few ask, and the first digest of a process costs more than reading a bundle. */
function paramsHash(sha256: Sha256): PropertyDescriptor {
  const known = hashes.get(sha256)
  if (known !== undefined) return known
  const made = onDemand('params_hash', ({ params }: BundleMetadata) =>
    params === undefined ? undefined : sha256(canonicalJson(params)).slice(0, 16),
  )
  hashes.set(sha256, made)
  return made
}

/** One for all bundles, so that none holds a function of its own. */
const hashes = new WeakMap<Sha256, PropertyDescriptor>()

const RANGES_DIFFER: BundleWarning = {
  code: 'train_range_differs',
  file: BUNDLE_FILES.metadata,
  at: 'train_range',
  message: 'train_range and train_date_from/train_date_to name different days; train_range counts here',
}

const TASK_DIFFERS: BundleWarning = {
  code: 'task_differs',
  file: BUNDLE_FILES.metadata,
  at: 'task',
  message: 'task is regression, although the bundle has labels; task counts',
}

const LABELS_DIFFER: BundleWarning = {
  code: 'label_set_differs',
  file: BUNDLE_FILES.metadata,
  at: 'label_set',
  message:
    'label_set and the label_names of metrics.json are different sets; label_set counts for compatibility',
}

const ORDERS_DIFFER: BundleWarning = {
  code: 'label_order_differs',
  file: BUNDLE_FILES.metadata,
  at: 'label_set',
  message:
    'label_set and the label_names of metrics.json have the same labels in another order; label_set must have that of the outputs',
}

function labelWarnings(a: string[] | undefined, b: string[] | undefined): BundleWarning[] {
  if (a === undefined || b === undefined) return []
  if (a.length === b.length && a.every((label, i) => label === b[i])) return []
  const others = new Set(b)
  const isSameSet = a.length === b.length && a.every((label) => others.has(label))
  return [isSameSet ? ORDERS_DIFFER : LABELS_DIFFER]
}

function whyNotDigestible(params: Record<string, unknown>): BundleWarning | undefined {
  if (isSurelyCanonical(params)) return undefined
  try {
    canonicalJson(params)
    return undefined
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const message = `params has no hash: ${error.message}; give params_hash or write the value so that JSON can hold it`
    return { code: 'params_not_digestible', file: BUNDLE_FILES.metadata, at: 'params', message }
  }
}
