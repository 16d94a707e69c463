// What needs no files: the entry ./format, which runs in a browser, too.

export { BUNDLE_PROBLEMS, BUNDLE_WARNINGS, REGISTRY_ERRORS } from './error-table.js'
export { REGISTRY_ERROR_CODES, RegistryError, type RegistryErrorCode } from './errors.js'
export type { BundlePlace } from './format/assemble-bundle.js'
export type {
  Bundle,
  InvalidBundle,
  LocalBundle,
  LocalInvalidBundle,
  LocalValidBundle,
  ValidBundle,
} from './format/bundle.js'
export { BUNDLE_FILES, MAX_DOCUMENT_BYTES } from './format/bundle-files.js'
export { isId, isModelId, requireUsableName, whyUnusableName } from './format/bundle-names.js'
export type { BundleReader, FetchedBundle, FetchOptions, ListBundlesOptions } from './format/bundle-reader.js'
export type { BundleSource, EntryKind, Sourced } from './format/bundle-source.js'
export { canonicalJson } from './format/canonical-json.js'
export { collectBundles } from './format/collect-bundles.js'
export { type CategoricalEncoders, categoricalEncodersSchema } from './format/encoders.js'
export { environmentProblem } from './format/environment-problem.js'
export { featureSchemaSchema } from './format/feature-schema-file.js'
export { type GatheredFile, gatheredSource } from './format/gathered-source.js'
export type { IndexExcluded, IndexRanked, IndexRanking } from './format/index-ranking.js'
export { instantOf, instantText, shortInstant } from './format/instant.js'
export { type BundleManifest, bundleManifestSchema, type ManifestEntry } from './format/manifest.js'
export { type BundleMetadata, bundleMetadataSchema } from './format/metadata.js'
export { type BundleMetrics, bundleMetricsSchema, type ClassMetrics } from './format/metrics.js'
export type { FeatureSchema } from './format/parse-feature-schema.js'
export {
  type BundleWarning,
  PROBLEM_CODES,
  type Problem,
  type ProblemCode,
  WARNING_CODES,
  type WarningCode,
} from './format/problems.js'
export { readBundleFrom } from './format/read-bundle-from.js'
export { requireReadable } from './format/require-readable.js'
export { type SelfTest, selfTestSchema } from './format/self-test.js'
export type { Sha256 } from './format/sha256.js'
export { parseStrictJson, type StrictJson } from './format/strict-json.js'
export { parseTimestamp, type Timestamp, type TimestampResult } from './format/timestamp.js'
