import { basename, dirname, join } from 'node:path'
import type { FileSystem } from './file-system.js'
import { ownerOfName, standingOfOwner } from './lock-owner.js'
import type { ProcessIdentity } from './process-identity.js'
import { removeEntry } from './remove-tree.js'

/** Nobody waits for a lock so long; and who does stages again. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000

/** Removes what killed acquirers left beside a lock; what cannot be removed stays. For the holder of the lock. */
export async function sweepBeside(
  fileSystem: FileSystem,
  lockDir: string,
  isAlive: (owner: ProcessIdentity) => 'alive' | 'dead' | 'unknown',
): Promise<void> {
  const parent = dirname(lockDir)
  const staged = `${basename(lockDir)}.new-`
  const gone = `${basename(lockDir)}.gone-`
  for (const entry of await fileSystem.readdir(parent).catch((): string[] => [])) {
    const path = join(parent, entry)
    if (entry.startsWith(gone)) await removeEntry(fileSystem, path).catch(() => {})
    if (!entry.startsWith(staged)) continue
    const name = entry.slice(staged.length)
    const isLeft =
      standingOfOwner(ownerOfName(name), isAlive) === 'dead' || (await isOld(fileSystem, path, lockDir))
    // Moved first: half of it must never be taken for the lock by an acquirer that lives after all.
    if (isLeft) await removeMoved(fileSystem, path, join(parent, gone + name)).catch(() => {})
  }
}

/** By the clock of the file system alone: the lock was made when its holder came to wait. */
async function isOld(fileSystem: FileSystem, path: string, lockDir: string): Promise<boolean> {
  try {
    const [{ mtimeMs: made }, { mtimeMs: now }] = [
      await fileSystem.lstat(path),
      await fileSystem.lstat(lockDir),
    ]
    return now - made > ABANDONED_AFTER_MS
  } catch {
    return false
  }
}

async function removeMoved(fileSystem: FileSystem, from: string, to: string): Promise<void> {
  await fileSystem.rename(from, to)
  await removeEntry(fileSystem, to)
}
