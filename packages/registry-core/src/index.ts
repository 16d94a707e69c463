export { buildManifest, computeBundleDigest } from './build-manifest.js'
export type {
  Bundle,
  InvalidBundle,
  LocalBundle,
  LocalInvalidBundle,
  LocalValidBundle,
  ValidBundle,
} from './bundle.js'
export { type BundleContent, type ReadContentOptions, readBundleContent } from './bundle-content.js'
export { digestFiles } from './bundle-digest.js'
export { fingerprintBundle } from './bundle-fingerprint.js'
export { whyUnusableName } from './bundle-names.js'
export type { BundleReader, FetchedBundle, FetchOptions, ScanOptions } from './bundle-reader.js'
export { canonicalDigest, canonicalJson } from './canonical-json.js'
export {
  type BundleChecks,
  CHECK_CODES,
  type CheckCode,
  type CheckedBundle,
  type CheckResult,
  mayServe,
  requireChecked,
  runChecks,
} from './checks.js'
export { collectBundles } from './collect-bundles.js'
export { type CategoricalEncoders, categoricalEncodersSchema } from './encoders.js'
export { environmentErrno, environmentProblem } from './environment.js'
export { BUNDLE_PROBLEMS, BUNDLE_WARNINGS, REGISTRY_ERRORS } from './error-table.js'
export { REGISTRY_ERROR_CODES, RegistryError, type RegistryErrorCode } from './errors.js'
export { computeSchemaHash, type FeatureSchema, readFeatureSchema } from './feature-schema.js'
export { featureSchemaSchema } from './feature-schema-file.js'
export type { IndexExcluded, IndexRanked, IndexRanking } from './index-ranking.js'
export { instantOf, instantText, shortInstant } from './instant.js'
export {
  BUNDLE_FILES,
  bundlePath,
  isId,
  isModelId,
  MAX_DOCUMENT_BYTES,
  type ModelsDirLayout,
  modelsDirLayout,
} from './layout.js'
export { listBundles } from './list-bundles.js'
export { type LocalBundleReader, localBundles } from './local-bundles.js'
export { type BundleManifest, bundleManifestSchema, type ManifestEntry } from './manifest.js'
export { type BundleMetadata, bundleMetadataSchema } from './metadata.js'
export { type BundleMetrics, bundleMetricsSchema, type ClassMetrics } from './metrics.js'
export {
  givenPath,
  lookAtModelsDir,
  type ModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
  openModelsDir,
} from './models-dir.js'
export {
  type BundleWarning,
  PROBLEM_CODES,
  type Problem,
  type ProblemCode,
  WARNING_CODES,
  type WarningCode,
} from './problems.js'
export { type ReadBundleOptions, readBundle, readPromotedBundle } from './read-bundle.js'
export { type IndexState, readIndex } from './read-index.js'
export { requireReadable } from './require-readable.js'
export { type ListBundlesOptions, scanBundles } from './scan-bundles.js'
export { type SelfTest, selfTestSchema } from './self-test.js'
export { type BundleSnapshot, snapshotBundles } from './snapshot-bundles.js'
export { listStrangers } from './strangers.js'
export { parseStrictJson, type StrictJson } from './strict-json.js'
export { sweepStagedIndexes } from './sweep-staged-indexes.js'
export { parseTimestamp, type Timestamp, type TimestampResult } from './timestamp.js'
export { type VerifiedFile, type VerifyReport, verifyBundle } from './verify-bundle.js'
export { writeIndex } from './write-index.js'
