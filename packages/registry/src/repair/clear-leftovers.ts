import { join } from 'node:path'
import { lookAtLock } from '@taskclf/durable-fs'
import { type ModelsDirLook, sweepStagedIndexes } from '@taskclf/registry-core'
import { count } from '../examine/examination.js'
import { LOCKS } from '../examine/locks.js'
import type { RepairStep } from './repair-step.js'
import { takeAndRelease } from './take-and-release.js'

/** Removes what killed processes left beside the locks that nobody holds, and indexes that were never put in place. */
export async function clearLeftovers({ work }: ModelsDirLook): Promise<RepairStep[]> {
  const gone: string[] = []
  for (const lock of Object.keys(LOCKS)) {
    const { holders, remnants } = lookAtLock(join(work, lock))
    if (holders.length > 0 || remnants.length === 0) continue
    await takeAndRelease(join(work, lock))
    gone.push(...remnants)
  }
  gone.push(...sweepStagedIndexes(work))
  if (gone.length === 0) return []
  const message = `removed ${count(gone.length, 'leftover')} of killed processes: ${gone.join(', ')}`
  return [{ step: 'leftovers', outcome: 'repaired', code: 'leftovers', message }]
}
