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
export { idsBeginning } from './format/ids-beginning.js'
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
export { buildManifest, computeBundleDigest } from './local/build-manifest.js'
export { type BundleContent, type ReadContentOptions, readBundleContent } from './local/bundle-content.js'
export { fingerprintBundle } from './local/bundle-fingerprint.js'
export type { BundleSnapshot } from './local/bundle-snapshot.js'
export { canonicalDigest } from './local/canonical-digest.js'
export {
  type BundleChecks,
  CHECK_CODES,
  type CheckCode,
  type CheckedBundle,
  type CheckResult,
  mayServe,
  requireChecked,
  runChecks,
} from './local/checks.js'
export { digestFiles } from './local/digest-files.js'
export { environmentErrno } from './local/environment.js'
export { computeSchemaHash, readFeatureSchema } from './local/feature-schema.js'
export { bundlePath, type ModelsDirLayout, modelsDirLayout } from './local/layout.js'
export { listBundles } from './local/list-bundles.js'
export { type LocalBundleReader, localBundles } from './local/local-bundles.js'
export {
  givenPath,
  lookAtModelsDir,
  type ModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
  openModelsDir,
} from './local/models-dir.js'
export { type ReadBundleOptions, readBundle, readPromotedBundle } from './local/read-bundle.js'
export { type HashedFile, type ReadHashedOptions, readHashed } from './local/read-hashed.js'
export { type IndexState, readIndex } from './local/read-index.js'
export { type BundleReading, readWithDocuments } from './local/read-with-documents.js'
export { scanBundles } from './local/scan-bundles.js'
export { type SnapshotOptions, snapshotBundles } from './local/snapshot-bundles.js'
export { listStrangers } from './local/strangers.js'
export { sweepStagedIndexes } from './local/sweep-staged-indexes.js'
export { type VerifiedFile, type VerifyReport, verifyBundle, verifyReading } from './local/verify-bundle.js'
export { writeIndex } from './local/write-index.js'
