import {
  type Bundle,
  type BundleManifest,
  type BundleMetadata,
  type BundleMetrics,
  type BundleReader,
  canonicalDigest,
  computeBundleDigest,
  type InvalidBundle,
  type LocalBundle,
  type LocalInvalidBundle,
  type LocalValidBundle,
  listBundles,
  localBundles,
  type Problem,
  type ProblemCode,
  parseTimestamp,
  readBundle,
  type Timestamp,
  type ValidBundle,
} from '@taskclf/registry-core'
import { expectTypeOf, it } from 'vitest'

it('has the types that others build on', () => {
  expectTypeOf(listBundles).returns.resolves.toEqualTypeOf<LocalBundle[]>()
  expectTypeOf(readBundle).returns.resolves.toEqualTypeOf<LocalBundle>()
  expectTypeOf(canonicalDigest).toEqualTypeOf<(value: unknown) => string>()
  expectTypeOf(computeBundleDigest).returns.resolves.toEqualTypeOf<string>()
  expectTypeOf<Bundle>().toEqualTypeOf<ValidBundle | InvalidBundle>()
})

it('tells valid from invalid by status', () => {
  expectTypeOf<Extract<Bundle, { status: 'valid' }>>().toEqualTypeOf<ValidBundle>()
  expectTypeOf<InvalidBundle>().not.toHaveProperty('metrics')
  expectTypeOf<Problem['code']>().toEqualTypeOf<ProblemCode>()
})

it('has a path for what lies on a local disk, and for nothing else', () => {
  expectTypeOf<Bundle>().not.toHaveProperty('path')
  expectTypeOf<LocalBundle>().toEqualTypeOf<LocalValidBundle | LocalInvalidBundle>()
  expectTypeOf<LocalBundle>().toExtend<Bundle>()
  expectTypeOf<LocalBundle['path']>().toEqualTypeOf<string>()
  expectTypeOf(localBundles).returns.toExtend<BundleReader>()
  expectTypeOf<ReturnType<BundleReader['read']>>().resolves.toEqualTypeOf<Bundle>()
})

it('keeps the documents as they are on disk', () => {
  expectTypeOf<BundleMetrics['macro_f1']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<BundleMetadata['schema_hash']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<BundleMetrics['acceptance_pass']>().toEqualTypeOf<boolean | undefined>()
  expectTypeOf<BundleMetrics['confusion_matrix']>().toEqualTypeOf<number[][] | undefined>()
  expectTypeOf<BundleMetadata['created_at']>().toEqualTypeOf<string>()
  expectTypeOf<BundleMetadata['reject_threshold']>().toEqualTypeOf<number | null | undefined>()
  expectTypeOf<BundleMetadata['anything_else']>().toEqualTypeOf<unknown>()
  expectTypeOf<BundleManifest['files'][string]>().toEqualTypeOf<{ sha256: string; size: number }>()
})

it('has instants as bigint', () => {
  expectTypeOf<Timestamp['epochMicros']>().toEqualTypeOf<bigint>()
  expectTypeOf(parseTimestamp).parameter(0).toEqualTypeOf<string>()
})
