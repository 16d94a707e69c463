import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { RegistryError } from '../errors.js'
import { BUNDLE_FILES } from '../format/bundle-files.js'
import { findInManifest } from '../format/document-shapes.js'
import { ioError } from '../format/environment-problem.js'
import type { BundleManifest, ManifestEntry } from '../format/manifest.js'
import type { Problem } from '../format/problems.js'
import { readDocument } from '../format/read-document.js'
import { digestFiles } from './digest-files.js'
import { DirectorySource } from './directory-source.js'
import { environmentErrno } from './environment.js'
import { listDigested } from './list-digested.js'
import { readHashed } from './read-hashed.js'
import { type BundleFile, walkFiles } from './walk-files.js'

/**
 * The manifest that a bundle would have now: digest and size of each of its files. Hidden files, `manifest.json` and
 * signatures (`*.sig`, `*.sigstore.json`) are left out. Writes nothing.
 *
 * @throws RegistryError `bundle_unreadable` when the directory or anything in it is not a file that can be read; `io` when the
 * system fails.
 * @example
 * ```ts
 * const { files } = await buildManifest('models/2026-03-02_031009_run-8935')
 * files['model.txt'] // { sha256: '…', size: 123456 }
 * ```
 */
export async function buildManifest(dir: string): Promise<BundleManifest> {
  const path = realPath(dir)
  const { files, problems } = walkFiles(dirname(path), path)
  refuse(path, problems)
  return { version: 1, files: await hashAll(files) }
}

/**
 * One digest for a whole bundle: `sha256:` and the digest of the canonical JSON of `{ name: { sha256, size } }`, over the files
 * that its manifest lists as they are now, without a manifest over all that {@link buildManifest} would list. Bundles
 * with the same files have the same digest, wherever they are. Nothing is compared with the manifest.
 *
 * @throws RegistryError `bundle_unreadable`, `io`, as {@link buildManifest}.
 * @example
 * ```ts
 * await computeBundleDigest('models/2026-03-02_031009_run-8935') // 'sha256:…'
 * ```
 */
export async function computeBundleDigest(dir: string): Promise<string> {
  const path = realPath(dir)
  const root = dirname(path)
  const { files, problems } = listDigested(root, path, readOwnManifest(root, path))
  // A file that is gone makes another digest; one that is there and is not a file makes none.
  refuse(
    path,
    problems.filter(({ code }) => code !== 'integrity_mismatch'),
  )
  return digestFiles(await hashAll(files))
}

/** The manifest of a bundle; undefined where it has none that can be used. */
function readOwnManifest(root: string, dir: string): BundleManifest | undefined {
  const source = new DirectorySource(root, dir)
  const listed = source.list()
  if (!listed.ok || !listed.value.has(BUNDLE_FILES.manifest)) return undefined
  const manifest = readDocument<BundleManifest>(source, BUNDLE_FILES.manifest, findInManifest)
  refuse(
    dir,
    manifest.problems.filter(({ errno }) => errno !== undefined),
  )
  return manifest.value
}

async function hashAll(files: readonly BundleFile[]): Promise<Record<string, ManifestEntry>> {
  const hashed: [string, ManifestEntry][] = []
  for (const file of files) {
    try {
      hashed.push([file.name, (await readHashed(file.path, { keep: false })).entry])
    } catch (error) {
      const errno = environmentErrno(error)
      if (errno !== undefined) throw ioError(file.path, `${file.path} cannot be hashed`, errno, error)
      const message = `${file.path} cannot be hashed; check that it is a file and does not change meanwhile`
      throw new RegistryError('bundle_unreadable', file.path, message, { cause: error })
    }
  }
  return Object.fromEntries(hashed)
}

function refuse(path: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const reasons = problems.map((problem) => problem.message).join('; ')
  const failure = problems.find(({ errno }) => errno !== undefined)
  if (failure?.errno !== undefined)
    throw ioError(path, `${failure.file || 'the bundle'} in ${path} cannot be hashed`, failure.errno)
  throw new RegistryError('bundle_unreadable', path, `the bundle ${path} cannot be hashed: ${reasons}`)
}

function realPath(dir: string): string {
  try {
    return realpathSync(dir)
  } catch (error) {
    const errno = environmentErrno(error)
    if (errno !== undefined) throw ioError(dir, `the bundle ${dir} cannot be found`, errno, error)
    const message = `there is no bundle at ${dir} (${errnoOf(error) ?? String(error)}); give the path of its directory`
    throw new RegistryError('bundle_unreadable', dir, message, { cause: error })
  }
}
