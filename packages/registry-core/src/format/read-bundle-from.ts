import { assembleBundle, type BundlePlace, invalidBundle } from './assemble-bundle.js'
import type { Bundle, InvalidBundle } from './bundle.js'
import { BUNDLE_FILES } from './bundle-files.js'
import type { BundleSource, EntryKind } from './bundle-source.js'
import {
  findInEncoders,
  findInManifest,
  findInMetadata,
  findInMetrics,
  findInSelfTest,
} from './document-shapes.js'
import type { CategoricalEncoders } from './encoders.js'
import { findArtifacts } from './find-artifacts.js'
import { checkIntegrity } from './integrity.js'
import type { BundleManifest, ManifestEntry } from './manifest.js'
import type { BundleMetadata } from './metadata.js'
import type { BundleMetrics } from './metrics.js'
import { problem } from './problem.js'
import type { Problem, ProblemCode } from './problems.js'
import { type Document, readDocument } from './read-document.js'
import type { SelfTest } from './self-test.js'
import type { Sha256 } from './sha256.js'
import { createdAt, idProblems } from './stated-identity.js'
import type { Timestamp } from './timestamp.js'

/**
 * Reads one bundle, wherever its files come from, and finds everything that is wrong with it. What it says is what every registry
 * answers of the same files.
 *
 * @example
 * ```ts
 * const sha256 = (bytes: Uint8Array | string) => hash('sha256', bytes, 'hex')
 * const place = { modelId: 'run-1', promoted: true, location: 's3://models/run-1' }
 * const bundle = readBundleFrom(gatheredSource(files), place, sha256)
 * ```
 */
export function readBundleFrom(source: BundleSource, place: BundlePlace, sha256: Sha256): Bundle {
  return readWithManifest(source, place, sha256).bundle
}

/** A bundle, and its manifest whatever else is wrong with it. */
export function readWithManifest(
  source: BundleSource,
  place: BundlePlace,
  sha256: Sha256,
): { bundle: Bundle; manifest: BundleManifest | undefined } {
  const listed = source.list()
  if (!listed.ok) return { bundle: invalidBundle(place, [listed.problem]), manifest: undefined }
  const documents = readDocuments(source, listed.value, sha256)
  const bundle = judge(source, listed.value, documents, place, sha256)
  return { bundle, manifest: documents.manifest?.value }
}

/** The documents of a bundle; undefined are those that it does not have. */
interface Documents {
  metadata: Document<BundleMetadata> | undefined
  metrics: Document<BundleMetrics> | undefined
  encoders: Document<CategoricalEncoders> | undefined
  selfTest: Document<SelfTest> | undefined
  manifest: Document<BundleManifest> | undefined
}

function readDocuments(
  source: BundleSource,
  entries: ReadonlyMap<string, EntryKind>,
  sha256: Sha256,
): Documents {
  const { metadata, metrics, encoders, selfTest, manifest } = BUNDLE_FILES
  const has = (name: string) => entries.has(name)
  // Only a manifest asks for digests.
  const digest = has(manifest) ? sha256 : undefined
  return {
    metadata: has(metadata) ? readDocument(source, metadata, findInMetadata, digest) : undefined,
    metrics: has(metrics) ? readDocument(source, metrics, findInMetrics, digest) : undefined,
    encoders: has(encoders) ? readDocument(source, encoders, findInEncoders, digest) : undefined,
    selfTest: has(selfTest) ? readDocument(source, selfTest, findInSelfTest, digest) : undefined,
    manifest: has(manifest) ? readDocument(source, manifest, findInManifest) : undefined,
  }
}

function judge(
  source: BundleSource,
  entries: ReadonlyMap<string, EntryKind>,
  documents: Documents,
  place: BundlePlace,
  sha256: Sha256,
): Bundle {
  const { metadata, metrics, encoders, selfTest, manifest } = documents
  const created = createdAt(metadata?.raw)
  const artifacts = findArtifacts(source, entries, metadata?.value?.artifacts)
  const { names, sizes } = artifacts
  const integrity =
    manifest?.value === undefined
      ? UNVERIFIED
      : checkIntegrity(source, manifest.value, {
          entries,
          documents: digestsOf(documents),
          artifacts: names,
          sizes,
        })
  const problems = [
    ...required('missing_metadata', BUNDLE_FILES.metadata, metadata),
    ...idProblems(place, metadata?.raw),
    ...created.problems,
    ...required('missing_metrics', BUNDLE_FILES.metrics, metrics),
    ...[encoders, selfTest, manifest].flatMap((document) => document?.problems ?? []),
    ...artifacts.problems,
    ...integrity.problems,
  ]
  if (problems.length > 0 || !metadata?.value || !metrics?.value || !created.timestamp)
    return broken(source, place, problems, partialOf(documents, created.timestamp))
  return assembleBundle(
    place,
    {
      metadata: metadata.value,
      metrics: metrics.value,
      encoders: encoders?.value,
      selfTest: selfTest?.value,
      createdAt: created.timestamp,
      artifacts: names,
      manifest: manifest?.value,
      warnings: integrity.warnings,
    },
    sha256,
  )
}

const UNVERIFIED = { problems: [], warnings: [] }

function required(
  code: ProblemCode,
  file: string,
  document: Document<unknown> | undefined,
): readonly Problem[] {
  return document?.problems ?? [problem(code, file, 'is not there; a bundle needs it')]
}

/** Of the documents that a manifest has to list. */
function digestsOf({ metadata, metrics, encoders, selfTest }: Documents): Map<string, ManifestEntry> {
  const read = { metadata, metrics, encoders, selfTest }
  const digests = new Map<string, ManifestEntry>()
  for (const key of ['metadata', 'metrics', 'encoders', 'selfTest'] as const) {
    const entry = read[key]?.entry
    if (entry !== undefined) digests.set(BUNDLE_FILES[key], entry)
  }
  return digests
}

function partialOf(
  { metadata, metrics }: Documents,
  timestamp: Timestamp | undefined,
): InvalidBundle['partial'] {
  return {
    ...(metadata?.raw === undefined ? {} : { metadata: metadata.raw }),
    ...(metrics?.raw === undefined ? {} : { metrics: metrics.raw }),
    ...(timestamp === undefined ? {} : { createdAt: timestamp }),
  }
}

function broken(
  source: BundleSource,
  place: BundlePlace,
  problems: Problem[],
  partial: InvalidBundle['partial'],
): InvalidBundle {
  // Removed under our hands: then whatever was found missing is not what is wrong with it.
  if (source.isGone())
    return invalidBundle(place, [problem('vanished', '', 'the bundle was removed while it was read')])
  return invalidBundle(place, problems, partial)
}
