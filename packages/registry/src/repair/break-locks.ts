import { join } from 'node:path'
import { type LockHolder, lookAtLock } from '@taskclf/durable-fs'
import type { ModelsDirLook } from '@taskclf/registry-core'
import { LOCKS } from '../examine/locks.js'
import type { Confirm, RepairStep } from './repair-step.js'
import { takeAndRelease } from './take-and-release.js'

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
    // Whoever takes a lock removes them.
    const swept = remnants.length === 0 ? '' : `, and with it went: ${remnants.join(', ')}`
    steps.push({ ...found, outcome: 'repaired', message: `${message}; the lock was broken${swept}` })
  }
  return steps
}

/** Whether a process that is dead holds the lock of the pointer. */
export function isLockAbandoned({ work }: ModelsDirLook): boolean {
  return lookAtLock(join(work, 'active.lock')).holders.some(({ standing }) => standing === 'dead')
}

function nameOf({ name, owner }: LockHolder): string {
  return owner === undefined ? name : `${owner.host} pid ${owner.pid}`
}
