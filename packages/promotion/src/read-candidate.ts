import { basename, dirname } from 'node:path'
import type { StoreLook } from '@taskclf/active-pointer'
import {
  BUNDLE_FILES,
  digestFiles,
  isModelId,
  type LocalValidBundle,
  type ManifestEntry,
  type Problem,
  readWithDocuments,
  type VerifiedFile,
  type VerifyReport,
  verifyReading,
} from '@taskclf/registry-core'
import { requireKnown } from './environment.js'
import { PromotionError } from './errors.js'
import { REJECTION_FILE } from './local/layout.js'

/** A candidate as it was judged: its documents, and the digest of every file that is to be published. */
export interface Candidate {
  bundle: LocalValidBundle
  /** The id that it must have: the one that is asked for, else its `metadata.model_id`. */
  statedId: string | undefined
  /** The name of its directory, where that can be an id: kept where no id is stated and nothing has it. */
  ownName: string | undefined
  files: Readonly<Record<string, ManifestEntry>>
  /** Those of them that its manifest lists: all but signatures. */
  listed: Readonly<Record<string, ManifestEntry>>
  /** Its own manifest, byte for byte, when it has one. */
  manifest: Uint8Array | undefined
  /** The bundle digest it will have. */
  digest: string
}

/**
 * Reads a candidate whole and holds it to the bundle contract; links must end inside it.
 *
 * @throws PromotionError `candidate_invalid` with every problem; `already_promoted`; `io` when it cannot be read.
 */
export async function readCandidate(
  { local }: StoreLook,
  candidateDir: string,
  as?: string,
): Promise<Candidate> {
  const within = { promoted: false, modelsDir: candidateDir } as const
  const reading = readWithDocuments(candidateDir, within)
  const { bundle } = reading
  requireKnown(bundle, `the candidate ${candidateDir}`)
  // A directory that is not a bundle at all may be anything, as large as a home directory: it is not hashed.
  if (bundle.status === 'invalid' && isNoBundle(bundle.problems)) throw invalid(candidateDir, bundle.problems)
  // What a hidden name keeps from every reader is not promoted.
  if (dirname(bundle.path) === local?.dir.root && !basename(bundle.path).startsWith('.'))
    throw alreadyPromoted(bundle.path)
  const report = await verifyReading(reading)
  const files = report.files.filter(isPublished)
  const problems = [...report.problems, ...nameProblems(files), ...idProblems(report, as), ...unlisted(files)]
  if (problems.length > 0 || bundle.status === 'invalid') throw invalid(candidateDir, problems)
  const listed = files.filter(({ outcome }) => outcome !== 'signature')
  return {
    bundle,
    statedId: as ?? bundle.metadata.model_id,
    ownName: ownName(bundle.path),
    files: toEntries(files),
    listed: toEntries(listed),
    manifest: reading.documents.get(BUNDLE_FILES.manifest),
    digest: digestFiles(toEntries(listed)),
  }
}

/** What the runner calls the output of every run names none. */
function ownName(path: string): string | undefined {
  const name = basename(path)
  return isModelId(name) && name !== 'bundle' ? name : undefined
}

function isNoBundle(problems: readonly Problem[]): boolean {
  const codes = new Set(problems.map(({ code }) => code))
  const isUnreadable = problems.some(({ code, file }) => file === '' && code !== 'missing_artifact')
  return isUnreadable || (codes.has('missing_metadata') && codes.has('missing_metrics'))
}

/** A candidate that was rejected once is beside the reason; that is not part of it. */
function isPublished({ name, expected }: VerifiedFile): boolean {
  return name !== REJECTION_FILE || expected !== undefined
}

function toEntries(files: readonly VerifiedFile[]): Record<string, ManifestEntry> {
  return Object.fromEntries(
    files.map(({ name, sha256, size }) => [name, { sha256: sha256 as string, size: size as number }]),
  )
}

function nameProblems(files: readonly VerifiedFile[]): Problem[] {
  return files.flatMap(({ name }): Problem[] => {
    if (!name.includes('\\')) return []
    const message = `${JSON.stringify(name)} has a backslash in its name, which no manifest can hold; rename the file`
    return [{ code: 'unusable_name', file: name, message }]
  })
}

function unlisted(files: readonly VerifiedFile[]): Problem[] {
  return files.flatMap(({ name, outcome }): Problem[] => {
    if (outcome !== 'unlisted') return []
    const message = `${name} is not in the candidate's own manifest.json; remove one of the two`
    return [{ code: 'integrity_mismatch', file: name, message }]
  })
}

function idProblems({ bundle }: VerifyReport, as: string | undefined): Problem[] {
  const stated = bundle.status === 'valid' ? bundle.metadata.model_id : undefined
  if (as !== undefined && stated !== undefined && as !== stated) {
    const message = `metadata.json: model_id is ${JSON.stringify(stated)}, and it is to be published as ${JSON.stringify(as)}; leave out one of the two`
    return [{ code: 'model_id_mismatch', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
  }
  const id = as ?? stated
  if (id === undefined || isModelId(id)) return []
  const what = as === undefined ? 'metadata.json: model_id' : 'the id'
  const message = `${what} ${JSON.stringify(id)} cannot be published; use 1–128 letters, digits, ".", "_" and "-", beginning with a letter or digit`
  return [{ code: 'unusable_name', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
}

function invalid(candidateDir: string, problems: readonly Problem[]): PromotionError {
  const all = problems.map(({ message }) => message).join('; ')
  return new PromotionError('candidate_invalid', `${candidateDir} is not a bundle to promote: ${all}`, {
    problems,
    details: { path: candidateDir },
  })
}

function alreadyPromoted(path: string): PromotionError {
  const message = `${path} is in the models dir, so it is promoted already; to make it active, switch to it`
  return new PromotionError('already_promoted', message, { details: { path } })
}
