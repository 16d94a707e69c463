import { join } from 'node:path'
import { acquireLock, type LockHolder, lookAtLock } from '@taskclf/durable-fs'
import { type ModelsDirLook, sweepStagedIndexes } from '@taskclf/registry-core'
import { count } from '../examine/examination.js'
import { LOCKS } from '../examine/locks.js'
import type { Confirm, RepairStep } from './repair-step.js'

/** An owner that lives is waited for a moment, and never overtaken. */
const ONLY_DEAD = { staleAfterMs: Number.POSITIVE_INFINITY, timeoutMs: 1000 }

/** Breaks the locks whose owners are dead, as the next writer would, if that is confirmed. */
export async function breakLocks({ work }: ModelsDirLook, confirm: Confirm): Promise<RepairStep[]> {
  const steps: RepairStep[] = []
  for (const [lock, doing] of Object.entries(LOCKS)) {
    const { holders, remnants } = lookAtLock(join(work, lock))
    const dead = holders.filter(({ standing }) => standing === 'dead')
    if (dead.length === 0) continue
    const who = dead.map(nameOf).join(', ')
    const found = { step: 'locks', code: 'lock_abandoned' } as const
    const message = `${lock} is held by ${who}, which was killed while it was about to ${doing}`
    if (!(await confirm({ ...found, message: `${message}; break it?` }))) {
      steps.push({ ...found, outcome: 'declined', message: `${message}; the lock was not broken` })
      continue
    }
    await takeAndRelease(join(work, lock))
    // The next owner of a lock removes them.
    const swept = remnants.length === 0 ? '' : `, and with it went: ${remnants.join(', ')}`
    steps.push({ ...found, outcome: 'repaired', message: `${message}; the lock was broken${swept}` })
  }
  return steps
}

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

/** Whether a process that is dead holds the lock of the pointer. */
export function isLockAbandoned({ work }: ModelsDirLook): boolean {
  return lookAtLock(join(work, 'active.lock')).holders.some(({ standing }) => standing === 'dead')
}

async function takeAndRelease(path: string): Promise<void> {
  const lock = await acquireLock(path, ONLY_DEAD)
  await lock.release()
}

function nameOf({ name, owner }: LockHolder): string {
  return owner === undefined ? name : `${owner.host} pid ${owner.pid}`
}
