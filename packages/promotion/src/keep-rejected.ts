import { join } from 'node:path'
import { errnoOf, type FileSystem, removeTree } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import type { ModelsDirLook } from '@taskclf/registry-core'
import { promotionLayout, REJECTION_FILE } from './layout.js'
import type { PublishIo } from './publish-candidate.js'
import type { Candidate } from './read-candidate.js'
import type { PromotionResult } from './result.js'
import { stageTree } from './stage-tree.js'
import { ensureDirectory, openStaging, sweepStaging } from './staging.js'
import { toPromotionJson } from './to-promotion-json.js'

/** A rejected candidate to be kept. */
export interface KeepRejected {
  modelsDir: ModelsDirLook
  candidate: Candidate
  result: PromotionResult
  io: PublishIo
}

/**
 * Copies a rejected candidate beside the models dir, with the reason. The answer stands whether or not that works:
 * what goes wrong is a warning.
 */
export async function keepRejected(request: KeepRejected): Promise<PromotionResult> {
  const { modelsDir, result, io } = request
  const layout = promotionLayout(modelsDir)
  const { fileSystem } = io
  let staging: string | undefined
  try {
    await ensureDirectory(fileSystem, layout.rejected, modelsDir.root)
    await sweepStaging(fileSystem, layout.rejectedStaging)
    staging = await openStaging(fileSystem, layout.rejectedStaging)
    const staged = await stage(request, staging)
    const rejectedDir = await moveAside(fileSystem, staged, join(layout.rejected, result.candidate.modelId))
    await fileSystem.syncDirectory(layout.rejected)
    return { ...result, rejectedDir }
  } catch (error) {
    const message = `the rejected candidate was not kept in ${layout.rejected}: ${messageOf(error)}`
    return { ...result, warnings: [...result.warnings, { code: 'rejected_not_kept', message }] }
  } finally {
    if (staging !== undefined) await removeTree(fileSystem, staging).catch(() => {})
  }
}

async function stage({ modelsDir, candidate, result, io }: KeepRejected, staging: string): Promise<string> {
  const into = join(staging, result.candidate.modelId)
  const json = `${JSON.stringify(toPromotionJson(result), null, 2)}\n`
  const last = { name: REJECTION_FILE, bytes: Buffer.from(json) }
  const from = candidate.bundle.path
  await stageTree(io.fileSystem, { from, into, files: candidate.files, last, like: modelsDir.root })
  return into
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
