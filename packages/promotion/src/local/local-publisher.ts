import { dirname, join } from 'node:path'
import type { LocalPlace } from '@taskclf/active-pointer'
import { acquireLock, errnoOf, type FileSystem, removeTree } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import {
  BUNDLE_FILES,
  bundlePath,
  type LocalValidBundle,
  type ModelsDirLook,
  readBundle,
} from '@taskclf/registry-core'
import type { BundlePublisher, PublishedPlace, PublishOptions, StagedBundle } from '../bundle-publisher.js'
import { asPublishError, idTaken, PromotionError } from '../errors.js'
import { drawModelId } from '../model-id.js'
import { keepRejected } from './keep-rejected.js'
import { promotionLayout } from './layout.js'
import { changed, stageTree } from './stage-tree.js'
import { ensureDirectory, openStaging, sweepStaging } from './staging.js'

/** Publishes into a models dir: staged where no reader looks, digests checked, manifest last, synced, tried, renamed. */
export function localPublisher(place: LocalPlace): BundlePublisher {
  return {
    publish: (bundle, options) => publish(place, bundle, options),
    keepRejected: (bundle, rejection) => keepRejected(place, bundle, rejection),
  }
}

/** What killed promotions left is cleared first. */
async function publish(
  place: LocalPlace,
  bundle: StagedBundle,
  options: PublishOptions,
): Promise<PublishedPlace> {
  const { dir, fileSystem } = place
  const layout = promotionLayout(dir)
  let staging: string | undefined
  try {
    await ensureDirectory(fileSystem, layout.work)
    await sweepStaging(fileSystem, layout.staging)
    staging = await openStaging(fileSystem, layout.staging)
    const staged = join(staging, options.modelId)
    const last = { name: BUNDLE_FILES.manifest, bytes: bundle.manifest }
    const { path: from, files } = bundle
    await stageTree(fileSystem, { from, into: staged, files, last, like: dir.root })
    await options.tryCopy(await readCopy(staged, bundle))
    return await moveIntoPlace(place, bundle, staged, options)
  } catch (error) {
    throw asPublishError(error)
  } finally {
    // What cannot be removed now is removed by a later promotion, once this process is gone.
    if (staging !== undefined) await removeTree(fileSystem, staging).catch(() => {})
  }
}

/** The digests say that the files are those that were hashed; reading them again, that they are a bundle still. */
async function readCopy(staged: string, { path }: StagedBundle): Promise<LocalValidBundle> {
  const copy = await readBundle(staged, { modelsDir: dirname(staged) })
  if (copy.status === 'valid') return copy
  throw changed(path, copy.problems.map(({ file }) => file).join(', '))
}

/** One publisher at a time: renaming onto an empty directory would silently replace it. */
async function moveIntoPlace(
  { dir, fileSystem }: LocalPlace,
  bundle: StagedBundle,
  staged: string,
  { modelId: wanted, now, lock: waiting }: PublishOptions,
): Promise<PublishedPlace> {
  const lock = await acquireLock(promotionLayout(dir).lock, { ...waiting, fileSystem })
  try {
    const taken = new Set(await fileSystem.readdir(dir.root))
    if (bundle.statedId !== undefined && taken.has(wanted))
      throw idTaken(bundlePath(dir.root, wanted), wanted)
    const modelId = taken.has(wanted) ? await drawModelId(now(), (id) => taken.has(id)) : wanted
    const location = bundlePath(dir.root, modelId)
    await rename(fileSystem, staged, location, () => idTaken(location, modelId))
    await syncRoot(fileSystem, dir, { modelId, path: location, bundleDigest: bundle.digest })
    return { modelId, location }
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
  dir: ModelsDirLook,
  published: { modelId: string; path: string; bundleDigest: string },
): Promise<void> {
  try {
    await fileSystem.syncDirectory(dir.root)
  } catch (error) {
    const message = `${published.modelId} is published, but whether it survives a power loss is unknown: ${messageOf(error)}`
    throw new PromotionError('durability_unknown', message, { cause: error, details: { ...published } })
  }
}
