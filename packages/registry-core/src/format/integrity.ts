import { isDigested } from './bundle-digest.js'
import type { BundleSource, EntryKind } from './bundle-source.js'
import type { BundleManifest, ManifestEntry } from './manifest.js'
import { problem } from './problem.js'
import type { BundleWarning, Problem } from './problems.js'
import { isBesideTheModel } from './signatures.js'

/** What is wrong with a file, given what the manifest says of it; undefined when it matches. */
export function compareWithManifest(
  name: string,
  listed: ManifestEntry,
  found: { size: number; sha256?: string },
): Problem | undefined {
  const advice = 'the file changed after publishing; restore it, or publish the bundle again'
  if (found.size !== listed.size) {
    return problem(
      'integrity_mismatch',
      name,
      `has ${found.size} bytes, the manifest says ${listed.size}: ${advice}`,
    )
  }
  if (found.sha256 === undefined || found.sha256 === listed.sha256) return undefined
  return problem('integrity_mismatch', name, `has another SHA-256 than the manifest says: ${advice}`)
}

/** The problem of a file that the manifest lists and that is not there. */
export function missingFile(name: string): Problem {
  return problem(
    'integrity_mismatch',
    name,
    'is listed in the manifest but is not there; publish the bundle again',
  )
}

/** A file that is read, but that the manifest does not vouch for. */
function unlistedUsedFile(name: string): Problem {
  return problem(
    'integrity_mismatch',
    name,
    'is used but not listed in the manifest; publish the bundle again',
  )
}

/** A file that is beside what was published. */
export function unlistedFile(name: string): BundleWarning {
  const message = 'is not listed in the manifest: it was added after publishing'
  return { ...problem('integrity_mismatch', name, message), code: 'unlisted_file' }
}

/** What is known of a bundle's files once it was read. */
export interface ReadFiles {
  /** What is in the bundle's directory, by name. */
  entries: ReadonlyMap<string, EntryKind>
  /** Digest and size of the documents that were parsed. */
  documents: ReadonlyMap<string, ManifestEntry>
  artifacts: readonly string[]
  /** Sizes of the artifacts that could be opened. */
  sizes: ReadonlyMap<string, number>
}

/**
 * Compares a bundle with its manifest as far as that costs little: sizes of all files, digests of the documents that were
 * read anyway, and what is there unlisted.
 */
export function checkIntegrity(
  source: BundleSource,
  manifest: BundleManifest,
  files: ReadFiles,
): { problems: Problem[]; warnings: BundleWarning[] } {
  const used = new Set([...files.documents.keys(), ...files.artifacts])
  const problems = compareListed(source, manifest, files)
  const warnings: BundleWarning[] = []
  for (const [name, kind] of files.entries) {
    if (Object.hasOwn(manifest.files, name) || !isDigested(name) || kind === 'directory') continue
    if (used.has(name)) problems.push(unlistedUsedFile(name))
    else if (!isBesideTheModel(name)) warnings.push(unlistedFile(name))
  }
  return { problems, warnings: warnings.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

function compareListed(
  source: BundleSource,
  manifest: BundleManifest,
  { documents, sizes }: ReadFiles,
): Problem[] {
  const problems: Problem[] = []
  for (const [name, listed] of Object.entries(manifest.files)) {
    const found = documents.get(name) ?? sizeOf(source, name, sizes.get(name))
    const wrong = 'code' in found ? found : compareWithManifest(name, listed, found)
    if (wrong !== undefined) problems.push(wrong)
  }
  return problems
}

function sizeOf(
  source: BundleSource,
  name: string,
  known: number | undefined,
): Pick<ManifestEntry, 'size'> | Problem {
  if (known !== undefined) return { size: known }
  const size = source.sizeOf(name)
  if (!size.ok) return size.problem
  return size.value === undefined ? missingFile(name) : { size: size.value }
}
