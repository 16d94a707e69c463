import type { CategoricalEncoders } from './encoders.js'
import type { BundleManifest } from './manifest.js'
import type { BundleMetadata } from './metadata.js'
import type { BundleMetrics } from './metrics.js'
import type { BundleWarning, Problem } from './problems.js'
import type { SelfTest } from './self-test.js'
import type { Timestamp } from './timestamp.js'

/** A bundle whose files parse and satisfy the contracts. */
export interface ValidBundle {
  status: 'valid'
  /** The directory's name; for a bundle read with `promoted: false` its `metadata.model_id` where it has one. */
  modelId: string
  /** Where the bundle is, for people: on a local disk its real path. Never opened. */
  location: string
  /** As on disk, with `label_set`, `task`, `train_range` and `params_hash` derived where absent. Unknown keys are kept. */
  metadata: BundleMetadata
  /** As on disk, with `per_class`, `breakidle_precision`, `min_class_precision` and `acceptance_pass` derived where absent. */
  metrics: BundleMetrics
  /** `categorical_encoders.json`; undefined where the bundle has none. */
  encoders: CategoricalEncoders | undefined
  /** `self_test.json`; undefined where the bundle has none. */
  selfTest: SelfTest | undefined
  /** The names of the values that were derived, not read. */
  derived: { metadata: readonly string[]; metrics: readonly string[] }
  /** `metadata.created_at` as text and as an instant. */
  createdAt: Timestamp
  /** The artifacts' file names, in the order of `metadata.artifacts`, else `model.txt` first and then by name. */
  artifacts: readonly string[]
  /** What was published, where the bundle says so. */
  manifest: BundleManifest | undefined
  warnings: readonly BundleWarning[]
}

/** A bundle that breaks the contracts, with every violation found. */
export interface InvalidBundle {
  status: 'invalid'
  /** The directory's name, with bytes that are not UTF-8 written as `\xNN`. */
  modelId: string
  /** Where the entry is, for people. Never opened. */
  location: string
  /** At least one. */
  problems: readonly Problem[]
  /** What could be read, unchecked: for display, and never a reason for a bundle. */
  partial: { metadata?: unknown; metrics?: unknown; createdAt?: Timestamp }
}

/** What a bundle turned out to be, wherever it is. */
export type Bundle = ValidBundle | InvalidBundle

/** A valid bundle whose files are in a local directory. */
export interface LocalValidBundle extends ValidBundle {
  /** The bundle's real path. */
  path: string
}

/** An invalid bundle of a local directory. */
export interface LocalInvalidBundle extends InvalidBundle {
  /** Where the entry is; its real path where it has one. */
  path: string
}

/** What a directory in the models dir turned out to be. */
export type LocalBundle = LocalValidBundle | LocalInvalidBundle
