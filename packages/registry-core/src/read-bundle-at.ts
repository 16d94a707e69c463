import { existsSync } from 'node:fs'
import { findArtifacts } from './artifacts.js'
import type { Bundle, InvalidBundle } from './bundle.js'
import { type Entries, listEntries, problem } from './bundle-entries.js'
import { checkDocument } from './check-document.js'
import { deriveMetrics } from './derive-metrics.js'
import { show } from './describe.js'
import { categoricalEncodersSchema } from './encoders.js'
import { quickIntegrity, unlistedFile, unlistedUsedFile } from './integrity.js'
import { BUNDLE_FILES, isModelId } from './layout.js'
import { type BundleManifest, bundleManifestSchema, type ManifestEntry } from './manifest.js'
import { deriveMetadata, parseMetadata } from './metadata.js'
import { parseMetrics } from './metrics.js'
import type { BundleWarning, Problem, ProblemCode } from './problems.js'
import { type Document, readDocument } from './read-document.js'
import { isObject } from './schema-parts.js'
import { selfTestSchema } from './self-test.js'
import { parseTimestamp, type Timestamp } from './timestamp.js'

/** Where a bundle lies: `dir` is its real path, links in it must end inside `root`. */
export interface BundlePlace {
  root: string
  dir: string
  modelId: string
  promoted: boolean
}

/** A bundle that cannot be used, and why. */
export function invalidBundle(
  modelId: string,
  path: string,
  problems: Problem[],
  partial: InvalidBundle['partial'] = {},
): InvalidBundle {
  return { status: 'invalid', modelId, path, problems, partial }
}

/** Reads the bundle in a real directory. */
export function readBundleAt(place: BundlePlace): Bundle {
  const { dir, modelId } = place
  const listed = listEntries(dir)
  if (!listed.ok) return invalidBundle(modelId, dir, [listed.problem])
  const documents = readDocuments({ ...place, entries: listed.entries })
  const { metadata, metrics } = documents
  const created = createdAt(metadata?.raw)
  const artifacts = findArtifacts({ ...place, entries: listed.entries }, metadata?.value?.artifacts)
  const integrity = checkIntegrity(dir, listed.entries, documents, artifacts.names)
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
  const derivedMetrics = deriveMetrics(metrics.value)
  const derivedMetadata = deriveMetadata(metadata.value, metrics.value)
  return {
    status: 'valid',
    modelId: ownId(place, metadata.value.model_id),
    path: dir,
    metadata: derivedMetadata.metadata,
    metrics: derivedMetrics.metrics,
    derived: { metadata: derivedMetadata.derived, metrics: derivedMetrics.derived },
    createdAt: created.timestamp,
    artifacts: artifacts.names,
    manifest: documents.manifest?.value,
    warnings: [...derivedMetadata.warnings, ...derivedMetrics.warnings, ...integrity.warnings],
  }
}

/** The manifest of a bundle, whatever else is wrong with it. */
export function readManifest({ root, dir }: BundlePlace): BundleManifest | undefined {
  const listed = listEntries(dir)
  return listed.ok ? manifestOf({ root, dir, entries: listed.entries })?.value : undefined
}

function manifestOf(bundle: { root: string; dir: string; entries: Entries }) {
  const { manifest } = BUNDLE_FILES
  return readDocument(bundle, manifest, (value) => checkDocument(bundleManifestSchema, value, manifest))
}

type Documents = ReturnType<typeof readDocuments>

function readDocuments(bundle: { root: string; dir: string; entries: Entries }) {
  const { encoders, selfTest } = BUNDLE_FILES
  return {
    metadata: readDocument(bundle, BUNDLE_FILES.metadata, parseMetadata),
    metrics: readDocument(bundle, BUNDLE_FILES.metrics, parseMetrics),
    encoders: readDocument(bundle, encoders, (value) =>
      checkDocument(categoricalEncodersSchema, value, encoders),
    ),
    selfTest: readDocument(bundle, selfTest, (value) => checkDocument(selfTestSchema, value, selfTest)),
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
  if (!promoted || !isObject(metadata) || typeof metadata.model_id !== 'string' || metadata.model_id === '')
    return []
  if (metadata.model_id === modelId) return []
  const stated = show(metadata.model_id)
  const message = `metadata.json: model_id is ${stated}, but the directory is named ${show(modelId)}; make them the same`
  return [{ code: 'model_id_mismatch', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
}

function ownId({ promoted, modelId }: BundlePlace, stated: string | undefined): string {
  return !promoted && stated !== undefined && isModelId(stated) ? stated : modelId
}

function checkIntegrity(dir: string, entries: Entries, documents: Documents, artifacts: readonly string[]) {
  const manifest: BundleManifest | undefined = documents.manifest?.value
  if (manifest === undefined) return { problems: [], warnings: [] }
  const { metadata, metrics, encoders, selfTest } = documents
  const read = new Map<string, () => ManifestEntry>()
  const named = { metadata, metrics, encoders, selfTest }
  for (const key of ['metadata', 'metrics', 'encoders', 'selfTest'] as const) {
    const bytes = named[key]?.bytes
    if (bytes !== undefined) read.set(BUNDLE_FILES[key], bytes)
  }
  const used = new Set([...read.keys(), ...artifacts])
  const problems: Problem[] = quickIntegrity(dir, manifest, read)
  const warnings: BundleWarning[] = []
  for (const name of entries.keys()) {
    const isPublished =
      Object.hasOwn(manifest.files, name) || name === BUNDLE_FILES.manifest || name.startsWith('.')
    if (isPublished || entries.get(name)?.isDirectory()) continue
    if (used.has(name)) problems.push(unlistedUsedFile(name))
    else warnings.push(unlistedFile(name))
  }
  return { problems, warnings: warnings.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

function broken(
  place: BundlePlace,
  problems: Problem[],
  documents: Documents,
  timestamp: Timestamp | undefined,
): Bundle {
  const { dir, modelId } = place
  // Removed under our hands: then whatever was found missing is not what is wrong with it.
  if (!existsSync(dir)) {
    return invalidBundle(modelId, dir, [problem('vanished', '', 'the bundle was removed while it was read')])
  }
  return invalidBundle(modelId, dir, problems, {
    ...(documents.metadata?.raw === undefined ? {} : { metadata: documents.metadata.raw }),
    ...(documents.metrics?.raw === undefined ? {} : { metrics: documents.metrics.raw }),
    ...(timestamp === undefined ? {} : { createdAt: timestamp }),
  })
}
