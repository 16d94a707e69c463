import { join } from 'node:path'
import type { LocalPlace } from '@taskclf/active-pointer'
import { errnoOf, type FileSystem, removeTree } from '@taskclf/durable-fs'
import type { StagedBundle } from '../bundle-publisher.js'
import { promotionLayout, REJECTION_FILE } from './layout.js'
import { stageTree } from './stage-tree.js'
import { ensureDirectory, openStaging, sweepStaging } from './staging.js'

/** Copies a rejected candidate beside the models dir, with the reason. */
export async function keepRejected(
  { dir, fileSystem }: LocalPlace,
  { path: from, files }: StagedBundle,
  { modelId, json }: { modelId: string; json: string },
): Promise<string> {
  const layout = promotionLayout(dir)
  let staging: string | undefined
  try {
    await ensureDirectory(fileSystem, layout.rejected, dir.root)
    await sweepStaging(fileSystem, layout.rejectedStaging)
    staging = await openStaging(fileSystem, layout.rejectedStaging)
    const staged = join(staging, modelId)
    const last = { name: REJECTION_FILE, bytes: Buffer.from(json) }
    await stageTree(fileSystem, { from, into: staged, files, last, like: dir.root })
    const kept = await moveAside(fileSystem, staged, join(layout.rejected, modelId))
    await fileSystem.syncDirectory(layout.rejected)
    return kept
  } finally {
    if (staging !== undefined) await removeTree(fileSystem, staging).catch(() => {})
  }
}

const OCCUPIED = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR'])

/** To the path wanted, or the first of `-2`, `-3`, … that is free: a candidate may be rejected many times. */
async function moveAside(fileSystem: FileSystem, staged: string, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = n === 1 ? wanted : `${wanted}-${n}`
    try {
      await fileSystem.rename(staged, path)
      return path
    } catch (error) {
      if (!OCCUPIED.has(errnoOf(error) ?? '')) throw error
    }
  }
}
