import { join } from 'node:path'
import { messageOf } from '@taskclf/errors'
import { DurableFsError, errnoOf } from './errors.js'
import type { FileSystem } from './file-system.js'
import { removeEntry } from './remove-tree.js'

/** What the system says of a directory that is not empty. */
export const OCCUPIED: ReadonlySet<string | undefined> = new Set(['ENOTEMPTY', 'EEXIST'])

/** An entry of this name was an owner's directory; it only waits to be removed, by the first that comes. */
const ASIDE = '.gone-'

/** Whether an entry of a lock is what breaking one left to be removed. */
export function isAside(name: string): boolean {
  return name.startsWith(ASIDE)
}

/** All that is in a lock: its owner, what is being removed, and what others put there. */
export async function ownersIn(fileSystem: FileSystem, lockDir: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(lockDir)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

/**
 * Moves an owner's directory aside, within the lock, so that the lock stays taken until it is removed. False when
 * another was first. `unique` is used once, by one breaker.
 */
export async function moveAside(
  fileSystem: FileSystem,
  lockDir: string,
  name: string,
  unique: string,
): Promise<string | undefined> {
  const aside = ASIDE + unique
  try {
    await fileSystem.rename(join(lockDir, name), join(lockDir, aside))
    return aside
  } catch (error) {
    // Another breaker was first, or the owner released it.
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Removes what was moved aside; false when the owner was still putting something there, so that it has to be tried again.
 *
 * @throws DurableFsError `lock_failed` when it cannot be removed: then the lock cannot be taken.
 */
export async function removeAside(fileSystem: FileSystem, lockDir: string, name: string): Promise<boolean> {
  const path = join(lockDir, name)
  try {
    await removeEntry(fileSystem, path)
    return true
  } catch (error) {
    // Another removed it, or is about to.
    if (errnoOf(error) === 'ENOENT') return true
    if (OCCUPIED.has(errnoOf(error))) return false
    const message = `${lockDir} is not free until ${path} is removed, which failed: ${messageOf(error)}`
    throw new DurableFsError('lock_failed', path, message, error)
  }
}
