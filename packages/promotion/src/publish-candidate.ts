import { isDeepStrictEqual } from 'node:util'
import {
  type BundleChecks,
  type CheckedBundle,
  type LocalValidBundle,
  mayServe,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'
import type { PublishOptions, RegistryLook, StagedBundle } from './bundle-publisher.js'
import { idTaken } from './errors.js'
import { changed } from './local/stage-tree.js'
import { drawModelId } from './model-id.js'
import type { Candidate } from './read-candidate.js'
import type { PublishedBundle } from './result.js'

/** What publishing works with. */
export interface PublishIo extends Pick<PublishOptions, 'now' | 'lock'> {
  checks?: BundleChecks | undefined
}

/** The staged copy must not serve: nothing was published. */
export class CheckRefusal extends Error {
  constructor(readonly result: Exclude<CheckedBundle['result'], { status: 'passed' | 'skipped' }>) {
    super(result.message)
  }
}

/** A bundle that is in the store, and what trying it found before it got there. */
export interface CheckedPublication extends PublishedBundle {
  checks: CheckedBundle['result']
}

/** The id a candidate will have: the stated one, else the name of its directory, else one made of the time. Fails when the stated one is in use. */
export async function nameCandidate(
  { bundles, location }: RegistryLook,
  { statedId, ownName }: Candidate,
  io: PublishIo,
): Promise<string> {
  if (statedId === undefined) {
    const isFree = ownName !== undefined && !(await bundles.has(ownName))
    return isFree ? ownName : drawModelId(io.now(), (id) => bundles.has(id))
  }
  if (await bundles.has(statedId)) throw idTaken(`${location}/${statedId}`, statedId)
  return statedId
}

/**
 * Publishes a judged candidate: its copy is compared with what was judged, and tried, before any reader can see it.
 *
 * @throws CheckRefusal when the copy does not pass its checks.
 */
export async function publishCandidate(
  { publisher }: RegistryLook,
  candidate: Candidate,
  modelId: string,
  { now, lock, checks }: PublishIo,
): Promise<CheckedPublication> {
  let result: CheckedBundle['result'] = { status: 'skipped' }
  const tryCopy = async (copy: LocalValidBundle) => {
    requireJudged(copy, candidate)
    result = await tryStaged(copy, candidate, checks)
  }
  const { location, ...published } = await publisher.publish(stagedOf(candidate), {
    modelId,
    now,
    lock,
    tryCopy,
  })
  return { modelId: published.modelId, path: location, bundleDigest: candidate.digest, checks: result }
}

/** A candidate as a publisher takes it. */
export function stagedOf({ bundle, files, manifest, listed, statedId, digest }: Candidate): StagedBundle {
  const own = manifest ?? Buffer.from(`${JSON.stringify({ version: 1, files: listed }, null, 2)}\n`)
  return { path: bundle.path, files, manifest: own, statedId, digest }
}

/** The digests say that the files are those that were hashed; this, that they say what was judged. */
function requireJudged(copy: ValidBundle, { bundle }: Candidate): void {
  if (!isDeepStrictEqual(essence(copy), essence(bundle))) throw changed(bundle.path, '')
}

/** What passes is what is published. */
async function tryStaged(
  copy: LocalValidBundle,
  candidate: Candidate,
  checks: BundleChecks | undefined,
): Promise<CheckedBundle['result']> {
  if (checks === undefined) return { status: 'skipped' }
  const { content, result } = await runChecks(copy, checks)
  if (content.digest !== candidate.digest) throw changed(candidate.bundle.path, '')
  if (mayServe(result, checks) || result.status === 'passed' || result.status === 'skipped') return result
  throw new CheckRefusal(result)
}

function essence({ metadata, metrics, createdAt, artifacts }: ValidBundle) {
  return { metadata, metrics, createdAt, artifacts }
}
