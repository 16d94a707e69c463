import { join } from 'node:path'
import {
  currentProcess,
  errnoOf,
  type FileSystem,
  isProcessAlive,
  nameOfOwner,
  newLockOwner,
  ownerOfName,
  removeTree,
} from '@taskclf/durable-fs'

/** Makes a directory that may be there already; a new one is as readable as `like`, by default its parent. */
export async function ensureDirectory(fileSystem: FileSystem, path: string, like?: string): Promise<void> {
  await fileSystem.mkdir(path, like).catch((error) => {
    if (errnoOf(error) !== 'EEXIST') throw error
  })
}

/** A directory of this promotion alone, named for its owner so that others can tell whether it was left behind. */
export async function openStaging(fileSystem: FileSystem, staging: string): Promise<string> {
  await ensureDirectory(fileSystem, staging)
  const path = join(staging, nameOfOwner(newLockOwner(currentProcess())))
  await fileSystem.mkdir(path)
  return path
}

/**
 * Removes what killed promotions left. Only what is known to belong to a process that is gone: a living owner is at
 * work, and one that cannot be judged from here may be. Answers the paths that are gone.
 */
export async function sweepStaging(fileSystem: FileSystem, staging: string): Promise<string[]> {
  const removed: string[] = []
  for (const name of await fileSystem.readdir(staging).catch((): string[] => [])) {
    const owner = ownerOfName(name)
    if (owner === undefined || isProcessAlive(owner) !== 'dead') continue
    const path = join(staging, name)
    await removeTree(fileSystem, path).then(
      () => removed.push(path),
      () => {},
    )
  }
  return removed
}
