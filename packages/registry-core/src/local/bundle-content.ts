import { dirname } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { RegistryError } from '../errors.js'
import type { LocalValidBundle } from '../format/bundle.js'
import { BUNDLE_FILES, MAX_DOCUMENT_BYTES } from '../format/bundle-files.js'
import { ioError } from '../format/environment-problem.js'
import { compareWithManifest } from '../format/integrity.js'
import type { ManifestEntry } from '../format/manifest.js'
import type { Problem } from '../format/problems.js'
import { digestFiles } from './digest-files.js'
import { environmentErrno } from './environment.js'
import { listDigested } from './list-digested.js'
import { isParsedFrom, PARSED_DOCUMENTS } from './parsed-from.js'
import { type HashedFile, readHashed, UnfitFile } from './read-hashed.js'
import type { BundleFile } from './walk-files.js'

/** A bundle's files as they were read once: what is loaded is what was hashed. */
export interface BundleContent {
  /** `sha256:` and the digest of `files`, as `computeBundleDigest` gives it. */
  digest: string
  /** Path inside the bundle → digest and size: the files that the manifest lists, without one all files. */
  files: Readonly<Record<string, ManifestEntry>>
  /** The bytes of the files that a runtime reads: artifacts, `categorical_encoders.json`, `self_test.json`. */
  bytes: ReadonlyMap<string, Uint8Array>
}

/** How the content of a bundle is read. */
export interface ReadContentOptions {
  signal?: AbortSignal
  /** Whether the bytes are kept, or only the digests taken (default `true`). */
  keepBytes?: boolean
}

/**
 * Reads the files that make up a bundle, once: digests of all, bytes of those that a runtime needs. Where the bundle has a
 * manifest, these are the files that it lists, and each must be what it says. Where it has none, metadata, metrics and artifacts
 * must still be what `bundle` says, so that nobody judges one content and records the digest of another.
 *
 * @throws RegistryError `integrity_mismatch` when a file is missing or not what the manifest says; `bundle_unreadable` when one
 * is not a regular file inside the bundle, changes meanwhile, or is too large to be loaded (2 GiB), and when the bundle changed
 * since it was read; `io` when the system fails.
 * @example
 * ```ts
 * const { digest, bytes } = await readBundleContent(bundle)
 * bytes.get('model.txt') // the bytes whose digest is part of `digest`
 * ```
 */
export async function readBundleContent(
  bundle: LocalValidBundle,
  { signal, keepBytes = true }: ReadContentOptions = {},
): Promise<BundleContent> {
  const kept = new Set(keepBytes ? [...bundle.artifacts, BUNDLE_FILES.encoders, BUNDLE_FILES.selfTest] : [])
  const compared = new Set(bundle.manifest === undefined ? PARSED_DOCUMENTS : [])
  const { files, problems } = listDigested(dirname(bundle.path), bundle.path, bundle.manifest)
  if (problems.length > 0) throw refuse(bundle, problems)
  const bytes = new Map<string, Uint8Array>()
  const documents = new Map<string, Uint8Array>()
  const entries: [string, ManifestEntry][] = []
  for (const file of files) {
    const isCompared = compared.has(file.name)
    const read = await readFile(bundle, file, { keep: isCompared || kept.has(file.name), isCompared, signal })
    if (read.bytes !== undefined && isCompared) documents.set(file.name, read.bytes)
    if (read.bytes !== undefined && kept.has(file.name)) bytes.set(file.name, read.bytes)
    entries.push([file.name, read.entry])
  }
  const found = Object.fromEntries(entries)
  if (bundle.manifest === undefined && !isParsedFrom(bundle, documents, found)) throw changedSince(bundle)
  return { digest: digestFiles(found), files: found, bytes }
}

async function readFile(
  bundle: LocalValidBundle,
  { name, path }: BundleFile,
  how: { keep: boolean; isCompared: boolean; signal: AbortSignal | undefined },
): Promise<HashedFile> {
  const listed = bundle.manifest?.files[name]
  const compare = (found: { size: number; sha256?: string }) => {
    if (how.isCompared && found.size > MAX_DOCUMENT_BYTES) throw changedSince(bundle)
    const wrong = listed && compareWithManifest(name, listed, found)
    if (wrong) throw refuse(bundle, [wrong])
  }
  try {
    const read = await readHashed(path, { ...how, onSize: (size) => compare({ size }) })
    compare(read.entry)
    return read
  } catch (error) {
    if (error instanceof RegistryError || how.signal?.aborted) throw error
    throw readError(bundle, path, error)
  }
}

function changedSince({ modelId, path }: LocalValidBundle): RegistryError {
  const message = `${modelId} changed since it was read: its documents or model files are not those of before; read it again`
  return new RegistryError('bundle_unreadable', path, message)
}

/** The error of a file that could not be read to its end. */
function readError({ modelId, manifest }: LocalValidBundle, path: string, error: unknown): RegistryError {
  const errno = environmentErrno(error)
  if (errno !== undefined) return ioError(path, `${path} cannot be read`, errno, error)
  const why = error instanceof UnfitFile ? error.message : (errnoOf(error) ?? String(error))
  const code =
    manifest === undefined || error instanceof UnfitFile ? 'bundle_unreadable' : 'integrity_mismatch'
  const message = `${modelId} cannot be read: ${path} ${why}; publish the bundle again, or wait until it is written`
  return new RegistryError(code, path, message, { cause: error })
}

/** The error of a bundle whose files are not what they must be. */
function refuse({ modelId, path }: LocalValidBundle, problems: readonly Problem[]): RegistryError {
  const failure = problems.find(({ errno }) => errno !== undefined)
  if (failure?.errno !== undefined)
    return ioError(path, `${failure.file || 'the bundle'} in ${path} cannot be read`, failure.errno)
  const isDamage = problems.some(({ code }) => code === 'integrity_mismatch')
  const why = problems.map(({ message }) => message).join('; ')
  return isDamage
    ? new RegistryError('integrity_mismatch', path, `${modelId} is not what was published: ${why}`)
    : new RegistryError('bundle_unreadable', path, `${modelId} cannot be read: ${why}`)
}
