import { lstatSync } from 'node:fs'
import { errnoOf } from '@taskclf/durable-fs'
import { findArtifacts } from './artifacts.js'
import { assembleBundle, type BundlePlace, invalidBundle } from './assemble-bundle.js'
import type { LocalBundle } from './bundle.js'
import { type Entries, listEntries, problem } from './bundle-entries.js'
import { whyUnusableName } from './bundle-names.js'
import { show } from './describe.js'
import {
  findInEncoders,
  findInManifest,
  findInMetadata,
  findInMetrics,
  findInSelfTest,
} from './document-shapes.js'
import type { CategoricalEncoders } from './encoders.js'
import { checkIntegrity, type DocumentDigests } from './integrity.js'
import { BUNDLE_FILES } from './layout.js'
import type { BundleManifest, ManifestEntry } from './manifest.js'
import type { BundleMetadata } from './metadata.js'
import type { BundleMetrics } from './metrics.js'
import type { Problem, ProblemCode } from './problems.js'
import { type Document, readDocument } from './read-document.js'
import type { SelfTest } from './self-test.js'
import { isObject } from './shape.js'
import { parseTimestamp, type Timestamp } from './timestamp.js'

/** Reads the bundle in a real directory, and finds everything that is wrong with it. */
export function readBundleAt(place: BundlePlace): LocalBundle {
  const { dir, modelId } = place
  const listed = listEntries(dir)
  if (!listed.ok) return invalidBundle(modelId, dir, [listed.problem])
  const documents = readDocuments({ ...place, entries: listed.entries })
  const { metadata, metrics } = documents
  const created = createdAt(metadata?.raw)
  const artifacts = findArtifacts({ ...place, entries: listed.entries }, metadata?.value?.artifacts)
  const integrity = checkIntegrity(dir, listed.entries, {
    manifest: documents.manifest?.value,
    digests: digestsOf(documents),
    artifacts: artifacts.names,
  })
  const problems = [
    ...required('missing_metadata', BUNDLE_FILES.metadata, metadata),
    ...idProblems(place, metadata?.raw),
    ...(created.problem === undefined ? [] : [created.problem]),
    ...required('missing_metrics', BUNDLE_FILES.metrics, metrics),
    ...[documents.encoders, documents.selfTest, documents.manifest].flatMap(
      (document) => document?.problems ?? [],
    ),
    ...artifacts.problems,
    ...integrity.problems,
  ]
  if (problems.length > 0 || !metadata?.value || !metrics?.value || !created.timestamp) {
    return broken(place, problems, documents, created.timestamp)
  }
  return assembleBundle(place, {
    metadata: metadata.value,
    metrics: metrics.value,
    createdAt: created.timestamp,
    artifacts: artifacts.names,
    manifest: documents.manifest?.value,
    warnings: integrity.warnings,
  })
}

/** The manifest of a bundle, whatever else is wrong with it. */
export function readManifest({ root, dir }: BundlePlace): BundleManifest | undefined {
  const listed = listEntries(dir)
  return listed.ok ? manifestOf({ root, dir, entries: listed.entries })?.value : undefined
}

function manifestOf(bundle: Place) {
  return readDocument<BundleManifest>(bundle, BUNDLE_FILES.manifest, findInManifest)
}

type Place = { root: string; dir: string; entries: Entries }
type Documents = ReturnType<typeof readDocuments>

function readDocuments(bundle: Place) {
  const { metadata, metrics, encoders, selfTest } = BUNDLE_FILES
  return {
    metadata: readDocument<BundleMetadata>(bundle, metadata, findInMetadata),
    metrics: readDocument<BundleMetrics>(bundle, metrics, findInMetrics),
    encoders: readDocument<CategoricalEncoders>(bundle, encoders, findInEncoders),
    selfTest: readDocument<SelfTest>(bundle, selfTest, findInSelfTest),
    manifest: manifestOf(bundle),
  }
}

function required(code: ProblemCode, file: string, document: Document<unknown> | undefined): Problem[] {
  if (document !== undefined) return document.problems
  return [problem(code, file, 'is not there; a bundle needs it')]
}

function createdAt(metadata: unknown): { timestamp?: Timestamp; problem?: Problem } {
  if (!isObject(metadata) || typeof metadata.created_at !== 'string') return {}
  const parsed = parseTimestamp(metadata.created_at)
  if (parsed.ok) return { timestamp: parsed.timestamp }
  const file = BUNDLE_FILES.metadata
  return {
    problem: {
      code: 'bad_timestamp',
      file,
      at: 'created_at',
      message: `${file}: created_at: ${parsed.reason}`,
    },
  }
}

function idProblems({ promoted, modelId }: BundlePlace, metadata: unknown): Problem[] {
  if (!isObject(metadata) || typeof metadata.model_id !== 'string' || metadata.model_id === '') return []
  if (!promoted) return statedIdProblems(metadata.model_id)
  if (metadata.model_id === modelId) return []
  const stated = show(metadata.model_id)
  const message = `metadata.json: model_id is ${stated}, but the directory is named ${show(modelId)}; make them the same`
  return [{ code: 'model_id_mismatch', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
}

/** A candidate becomes a directory of that name. */
function statedIdProblems(stated: string): Problem[] {
  const why = whyUnusableName(stated)
  if (why === undefined) return []
  const message = `metadata.json: model_id ${show(stated)} ${why}; give the model another one`
  return [{ code: 'unusable_name', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
}

function digestsOf({ metadata, metrics, encoders, selfTest }: Documents): DocumentDigests {
  const digests = new Map<string, () => ManifestEntry>()
  const named = { metadata, metrics, encoders, selfTest }
  for (const key of ['metadata', 'metrics', 'encoders', 'selfTest'] as const) {
    const bytes = named[key]?.bytes
    if (bytes !== undefined) digests.set(BUNDLE_FILES[key], bytes)
  }
  return digests
}

function broken(
  place: BundlePlace,
  problems: Problem[],
  documents: Documents,
  timestamp: Timestamp | undefined,
): LocalBundle {
  const { dir, modelId } = place
  // Removed under our hands: then whatever was found missing is not what is wrong with it.
  if (isGone(dir)) {
    return invalidBundle(modelId, dir, [problem('vanished', '', 'the bundle was removed while it was read')])
  }
  return invalidBundle(modelId, dir, problems, {
    ...(documents.metadata?.raw === undefined ? {} : { metadata: documents.metadata.raw }),
    ...(documents.metrics?.raw === undefined ? {} : { metrics: documents.metrics.raw }),
    ...(timestamp === undefined ? {} : { createdAt: timestamp }),
  })
}

function isGone(dir: string): boolean {
  try {
    return lstatSync(dir, { throwIfNoEntry: false }) === undefined
  } catch (error) {
    // Anything else is not known to be gone.
    return errnoOf(error) === 'ENOTDIR'
  }
}
