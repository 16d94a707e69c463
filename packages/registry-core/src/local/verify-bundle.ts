import type { LocalBundle } from '../format/bundle.js'
import { compareWithManifest, missingFile, unlistedFile } from '../format/integrity.js'
import type { BundleManifest, ManifestEntry } from '../format/manifest.js'
import { problem } from '../format/problem.js'
import type { BundleWarning, Problem } from '../format/problems.js'
import { isBesideTheModel, isSignature } from '../format/signatures.js'
import { errnoPart } from './environment.js'
import { concerns } from './list-digested.js'
import type { ReadBundleOptions } from './read-bundle.js'
import { readHashed } from './read-hashed.js'
import { type BundleReading, readWithDocuments } from './read-with-documents.js'
import { sha256 } from './sha256.js'
import { type BundleFile, walkFiles } from './walk-files.js'

/** What became of one file of a bundle. */
export interface VerifiedFile {
  /** Path inside the bundle, with `/` between parts. */
  name: string
  /** In bytes; undefined when the file is not there or cannot be read. */
  size: number | undefined
  /** 64 hex digits; undefined when the file is not there or cannot be read. */
  sha256: string | undefined
  /** What the manifest says of it. */
  expected?: ManifestEntry
  /** How it compares with the manifest; `signature`: it signs the bundle, and no manifest need list it. */
  outcome: 'match' | 'mismatch' | 'missing' | 'unlisted' | 'no_manifest' | 'unreadable' | 'signature'
}

/** Everything that could be checked about a bundle. */
export interface VerifyReport {
  modelId: string
  /** The bundle's real path. */
  path: string
  /** True for a valid bundle all of whose files are what its manifest says, where it has one. */
  ok: boolean
  /** Whether it has a manifest that its files were compared with: without one nothing says what was published. */
  verified: boolean
  /** The bundle as `readBundle` sees it. */
  bundle: LocalBundle
  /** Every file found or listed, in code-unit order. */
  files: VerifiedFile[]
  /** Every problem, those of the bundle included. */
  problems: Problem[]
  /** Every warning, those of the bundle included. */
  warnings: BundleWarning[]
}

/**
 * Checks a bundle as far as it can be: everything `readBundle` checks, its stated metrics against its confusion matrix (in
 * `warnings`), and the digest of every file against its manifest. A bundle without a manifest has nothing to be
 * compared with: its files are listed with their digests. Never throws for what it finds.
 *
 * @example
 * ```ts
 * const report = await verifyBundle('models/2026-03-02_031009_run-8935')
 * if (!report.ok) for (const problem of report.problems) console.error(problem.code, problem.message)
 * ```
 */
export async function verifyBundle(dir: string, options: ReadBundleOptions = {}): Promise<VerifyReport> {
  return verifyReading(readWithDocuments(dir, options))
}

/**
 * {@link verifyBundle} of a bundle that was read a moment ago: the digests of its documents are those of the bytes that were parsed.
 *
 * @example
 * ```ts
 * const report = await verifyReading(readWithDocuments('candidate', { promoted: false }))
 * ```
 */
export async function verifyReading(reading: BundleReading): Promise<VerifyReport> {
  const { bundle, manifest, root } = reading
  if (root === undefined) return report(bundle, false, [], [], [])
  const walked = walkFiles(root, bundle.path)
  const there = [...walked.files, ...walked.signatures]
  const checked = missingFiles(there, manifest, walked.problems)
  for (const file of there) checked.push(await checkFile(file, reading))
  const files = checked.map((each) => each.file).sort((a, b) => (a.name < b.name ? -1 : 1))
  // A directory that cannot be listed has been reported by the reading.
  const inner = walked.problems.filter((each) => each.file !== '')
  const problems = [...inner, ...checked.flatMap((each) => each.problem ?? [])]
  const warnings = checked.flatMap((each) => each.warning ?? [])
  return report(bundle, manifest !== undefined, files, problems, warnings)
}

/** Puts what the reading found and what the hashing found together, once each. */
function report(
  bundle: LocalBundle,
  verified: boolean,
  files: VerifiedFile[],
  more: Problem[],
  moreWarnings: BundleWarning[],
): VerifyReport {
  const problems = merge(bundle.status === 'invalid' ? bundle.problems : [], more)
  const warnings = merge(bundle.status === 'valid' ? bundle.warnings : [], moreWarnings)
  const { modelId, path } = bundle
  return { modelId, path, ok: problems.length === 0, verified, bundle, files, problems, warnings }
}

function merge<T extends Problem | BundleWarning>(known: readonly T[], more: readonly T[]): T[] {
  const isKnown = (one: T) => known.some((other) => other.code === one.code && other.file === one.file)
  return [...known, ...more.filter((one) => !isKnown(one))]
}

interface Checked {
  file: VerifiedFile
  problem?: Problem
  warning?: BundleWarning
}

async function checkFile(
  { name, path }: BundleFile,
  { manifest, documents }: BundleReading,
): Promise<Checked> {
  const listed =
    manifest !== undefined && Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined
  const expected = listed === undefined ? {} : { expected: listed }
  let found: { size: number; sha256: string }
  try {
    const parsed = documents.get(name)
    found = parsed ? entryOf(parsed) : (await readHashed(path, { keep: false })).entry
  } catch (error) {
    const file: VerifiedFile = {
      name,
      size: undefined,
      sha256: undefined,
      ...expected,
      outcome: 'unreadable',
    }
    const cause = problem('unreadable', name, `cannot be hashed (${(error as Error).message})`)
    return { file, problem: { ...cause, ...errnoPart(error) } }
  }
  if (listed === undefined && isSignature(name)) return { file: { name, ...found, outcome: 'signature' } }
  if (manifest === undefined) return { file: { name, ...found, outcome: 'no_manifest' } }
  if (listed === undefined && isBesideTheModel(name))
    return { file: { name, ...found, outcome: 'signature' } }
  if (listed === undefined)
    return { file: { name, ...found, outcome: 'unlisted' }, warning: unlistedFile(name) }
  const wrong = compareWithManifest(name, listed, found)
  if (wrong === undefined) return { file: { name, ...found, ...expected, outcome: 'match' } }
  return { file: { name, ...found, ...expected, outcome: 'mismatch' }, problem: wrong }
}

const entryOf = (bytes: Uint8Array): ManifestEntry => ({ sha256: sha256(bytes), size: bytes.length })

function missingFiles(
  found: readonly BundleFile[],
  manifest: BundleManifest | undefined,
  failed: readonly Problem[],
): Checked[] {
  const there = new Set(found.map((file) => file.name))
  // What is below a directory that cannot be listed is not known to be missing.
  const isUnknown = (name: string) =>
    failed.some(({ file, errno }) => errno !== undefined && concerns(file, name))
  const missing = Object.entries(manifest?.files ?? {}).filter(
    ([name]) => !there.has(name) && !isUnknown(name),
  )
  return missing.map(([name, expected]) => ({
    file: { name, size: undefined, sha256: undefined, expected, outcome: 'missing' },
    problem: missingFile(name),
  }))
}
