import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { acquireLock, errnoOf, type FileSystem, type LockOptions, removeTree } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import {
  BUNDLE_FILES,
  type BundleChecks,
  bundlePath,
  type CheckedBundle,
  type LocalValidBundle,
  type ModelsDirLook,
  mayServe,
  readBundle,
  runChecks,
} from '@taskclf/registry-core'
import { asPublishError, PromotionError } from './errors.js'
import { promotionLayout } from './layout.js'
import { drawModelId } from './model-id.js'
import type { Candidate } from './read-candidate.js'
import type { PublishedBundle } from './result.js'
import { changed, stageTree } from './stage-tree.js'
import { ensureDirectory, openStaging, sweepStaging } from './staging.js'

/** What publishing works with. */
export interface PublishIo {
  fileSystem: FileSystem
  now: () => Date
  lock?: Pick<LockOptions, 'timeoutMs' | 'staleAfterMs'> | undefined
  checks?: BundleChecks | undefined
}

/** The staged copy must not serve: nothing was published. */
export class CheckRefusal extends Error {
  constructor(readonly result: Exclude<CheckedBundle['result'], { status: 'passed' | 'skipped' }>) {
    super(result.message)
  }
}

/** A bundle that is in the models dir, and what trying it found before it got there. */
export interface CheckedPublication extends PublishedBundle {
  checks: CheckedBundle['result']
}

/** The id a candidate will have: its own, else one made of the time. Fails when its own is in use. */
export async function nameCandidate(
  modelsDir: ModelsDirLook,
  candidate: Candidate,
  io: PublishIo,
): Promise<string> {
  const names = await io.fileSystem.readdir(modelsDir.root).catch((error: unknown) => {
    throw asPublishError(error)
  })
  const taken = new Set(names)
  if (candidate.statedId === undefined) return drawModelId(io.now(), taken)
  if (taken.has(candidate.statedId)) throw idTaken(modelsDir, candidate.statedId)
  return candidate.statedId
}

/**
 * Copies a judged candidate into the models dir: staged where no reader looks, digests checked, manifest last, synced,
 * tried, renamed. What killed promotions left is cleared first.
 *
 * @throws CheckRefusal when the staged copy does not pass its checks.
 */
export async function publishCandidate(
  modelsDir: ModelsDirLook,
  candidate: Candidate,
  modelId: string,
  io: PublishIo,
): Promise<CheckedPublication> {
  const { fileSystem } = io
  const layout = promotionLayout(modelsDir)
  let staging: string | undefined
  try {
    await ensureDirectory(fileSystem, layout.work)
    await sweepStaging(fileSystem, layout.staging)
    staging = await openStaging(fileSystem, layout.staging)
    const staged = join(staging, modelId)
    const last = { name: BUNDLE_FILES.manifest, bytes: manifestOf(candidate) }
    await stageTree(fileSystem, {
      from: candidate.bundle.path,
      into: staged,
      files: candidate.files,
      last,
      like: modelsDir.root,
    })
    const checks = await tryStaged(await compareWithJudged(staged, candidate), candidate, io.checks)
    return { ...(await moveIntoPlace(modelsDir, candidate, modelId, staged, io)), checks }
  } catch (error) {
    throw asPublishError(error)
  } finally {
    // What cannot be removed now is removed by a later promotion, once this process is gone.
    if (staging !== undefined) await removeTree(fileSystem, staging).catch(() => {})
  }
}

function manifestOf({ manifest, listed }: Candidate): Uint8Array {
  return manifest ?? Buffer.from(`${JSON.stringify({ version: 1, files: listed }, null, 2)}\n`)
}

/** The digests say that the files are those that were hashed; this, that they say what was judged. */
async function compareWithJudged(staged: string, { bundle }: Candidate): Promise<LocalValidBundle> {
  const copy = await readBundle(staged, { modelsDir: dirname(staged) })
  if (copy.status === 'invalid') throw changed(bundle.path, copy.problems.map(({ file }) => file).join(', '))
  if (!isDeepStrictEqual(essence(copy), essence(bundle))) throw changed(bundle.path, '')
  return copy
}

/** The copy is tried where it lies: what passes is what is renamed into place. */
async function tryStaged(
  staged: LocalValidBundle,
  candidate: Candidate,
  checks: BundleChecks | undefined,
): Promise<CheckedBundle['result']> {
  if (checks === undefined) return { status: 'skipped' }
  const { content, result } = await runChecks(staged, checks)
  if (content.digest !== candidate.digest) throw changed(candidate.bundle.path, '')
  if (mayServe(result, checks) || result.status === 'passed' || result.status === 'skipped') return result
  throw new CheckRefusal(result)
}

function essence({ metadata, metrics, createdAt, artifacts }: LocalValidBundle) {
  return { metadata, metrics, createdAt, artifacts }
}

/** One publisher at a time: renaming onto an empty directory would silently replace it. */
async function moveIntoPlace(
  modelsDir: ModelsDirLook,
  candidate: Candidate,
  wanted: string,
  staged: string,
  io: PublishIo,
): Promise<PublishedBundle> {
  const { fileSystem } = io
  const lock = await acquireLock(promotionLayout(modelsDir).lock, { ...io.lock, fileSystem })
  try {
    const taken = new Set(await fileSystem.readdir(modelsDir.root))
    if (candidate.statedId !== undefined && taken.has(wanted)) throw idTaken(modelsDir, wanted)
    const modelId = taken.has(wanted) ? drawModelId(io.now(), taken) : wanted
    const path = bundlePath(modelsDir.root, modelId)
    await rename(fileSystem, staged, path, () => idTaken(modelsDir, modelId))
    const published = { modelId, path, bundleDigest: candidate.digest }
    await syncRoot(fileSystem, modelsDir, published)
    return published
  } finally {
    // A lock that cannot be given back is broken by the next publisher.
    await lock.release().catch(() => false)
  }
}

const OCCUPIED = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR'])

async function rename(
  fileSystem: FileSystem,
  from: string,
  to: string,
  taken: () => PromotionError,
): Promise<void> {
  try {
    await fileSystem.rename(from, to)
  } catch (error) {
    throw OCCUPIED.has(errnoOf(error) ?? '') ? taken() : error
  }
}

async function syncRoot(
  fileSystem: FileSystem,
  modelsDir: ModelsDirLook,
  published: PublishedBundle,
): Promise<void> {
  try {
    await fileSystem.syncDirectory(modelsDir.root)
  } catch (error) {
    const message = `${published.modelId} is published, but whether it survives a power loss is unknown: ${messageOf(error)}`
    throw new PromotionError('durability_unknown', message, { cause: error, details: { ...published } })
  }
}

function idTaken(modelsDir: ModelsDirLook, modelId: string): PromotionError {
  const path = bundlePath(modelsDir.root, modelId)
  const message = `${path} exists already; bundles are never written over: give the candidate another model_id`
  return new PromotionError('id_taken', message, { details: { modelId, path } })
}
