import { statSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { isDigested } from './bundle-digest.js'
import { type Entries, problem, unreadable } from './bundle-entries.js'
import type { BundleManifest, ManifestEntry } from './manifest.js'
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

/** A file that lies beside what was published. */
export function unlistedFile(name: string): BundleWarning {
  const message = 'is not listed in the manifest: it was added after publishing'
  return { ...problem('integrity_mismatch', name, message), code: 'unlisted_file' }
}

/** Digest and size of the documents that were read. */
export type DocumentDigests = ReadonlyMap<string, () => ManifestEntry>

/**
 * Compares a bundle with its manifest as far as that costs little: sizes of all files, digests of the documents that were
 * read anyway, and what lies there unlisted.
 */
export function checkIntegrity(
  dir: string,
  entries: Entries,
  bundle: { manifest: BundleManifest | undefined; digests: DocumentDigests; artifacts: readonly string[] },
): { problems: Problem[]; warnings: BundleWarning[] } {
  const { manifest, digests, artifacts } = bundle
  if (manifest === undefined) return { problems: [], warnings: [] }
  const used = new Set([...digests.keys(), ...artifacts])
  const problems = compareListed(dir, manifest, digests)
  const warnings: BundleWarning[] = []
  for (const [name, entry] of entries) {
    if (Object.hasOwn(manifest.files, name) || !isDigested(name) || entry.isDirectory()) continue
    if (used.has(name)) problems.push(unlistedUsedFile(name))
    else if (!isBesideTheModel(name)) warnings.push(unlistedFile(name))
  }
  return { problems, warnings: warnings.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

function compareListed(dir: string, manifest: BundleManifest, digests: DocumentDigests): Problem[] {
  return Object.entries(manifest.files).flatMap(([name, listed]): Problem[] => {
    const found = digests.get(name)?.() ?? sizeOf(dir, name)
    const wrong = 'code' in found ? found : compareWithManifest(name, listed, found)
    return wrong === undefined ? [] : [wrong]
  })
}

function sizeOf(dir: string, name: string): { size: number } | Problem {
  try {
    return { size: statSync(join(dir, name)).size }
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return missingFile(name)
    return unreadable(name, error, 'cannot be looked at')
  }
}
