import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '@taskclf/errors'
import { DurableFsError, errnoOf } from './errors.js'
import type { FileSystem } from './file-system.js'
import { LockAcquisition } from './lock-acquisition.js'
import { OCCUPIED, ownersIn } from './lock-directory.js'
import type { Lock, LockOptions } from './lock-options.js'
import { nodeFileSystem } from './node-file-system.js'
import { isProcessAlive } from './process-identity.js'
import { removeTree } from './remove-tree.js'

/**
 * Takes a lock shared by all processes that see the directory. The lock is the directory `lockDir`, whose one entry
 * is the owner's private directory, named for host, boot, process, start time and a token never used twice. It is
 * taken by one rename, which succeeds on an empty directory only. It is broken by moving the private directory aside
 * within `lockDir` and removing it there: nobody takes the lock before the last thing its owner could do has failed.
 *
 * An owner on this kernel is overtaken at once when it is dead, else after `staleAfterMs`: one that is stopped, one in
 * another PID namespace, a name that is nobody's. One of an earlier boot of this machine is dead. One elsewhere is
 * never overtaken.
 *
 * @throws DurableFsError `lock_timeout` after `timeoutMs`; `lock_foreign_owner` likewise when the owner is elsewhere;
 * `lock_failed` when the file system refuses.
 * @example
 * ```ts
 * const lock = await acquireLock('models/.taskclf/active.lock')
 * try { … } finally { await lock.release() }
 * ```
 */
export async function acquireLock(lockDir: string, options: LockOptions = {}): Promise<Lock> {
  const settled = {
    fileSystem: options.fileSystem ?? nodeFileSystem,
    timeoutMs: options.timeoutMs ?? 30_000,
    staleAfterMs: options.staleAfterMs ?? 10_000,
    monotonicNow: options.monotonicNow ?? (() => performance.now()),
    sleep: options.sleep ?? delay,
    isAlive: options.isAlive ?? isProcessAlive,
  }
  const attempt = new LockAcquisition(lockDir, settled)
  try {
    return lockOf(lockDir, attempt.name, await attempt.run(), settled)
  } catch (error) {
    await attempt.withdraw()
    if (error instanceof DurableFsError) throw error
    const message = `${lockDir} cannot be locked: ${messageOf(error)}`
    throw new DurableFsError('lock_failed', lockDir, message, error)
  }
}

function lockOf(
  lockDir: string,
  name: string,
  { takenAt, broken }: { takenAt: number; broken: readonly string[] },
  { fileSystem, staleAfterMs, monotonicNow }: Required<LockOptions>,
): Lock {
  const privateDir = join(lockDir, name)
  const isHeld = async () => (await ownersIn(fileSystem, lockDir)).includes(name)
  const isFresh = () => staleAfterMs === 0 || monotonicNow() - takenAt < staleAfterMs / 2
  return {
    privateDir,
    broken,
    isHeld,
    // The time is asked last: what comes before it may have taken long.
    mayWrite: async () => (await isHeld()) && isFresh(),
    release: () => release(fileSystem, privateDir),
  }
}

async function release(fileSystem: FileSystem, privateDir: string): Promise<boolean> {
  try {
    await fileSystem.rmdir(privateDir).catch((error) => {
      if (!OCCUPIED.has(errnoOf(error))) throw error
      return removeTree(fileSystem, privateDir)
    })
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    const message = `the lock was not released: ${messageOf(error)}`
    throw new DurableFsError('lock_failed', privateDir, message, error)
  }
}
