import { join } from 'node:path'
import { errnoOf } from './errors.js'
import type { FileSystem } from './file-system.js'

/** What unlinking a directory says on Linux and on macOS. */
const IS_DIRECTORY = new Set<string | undefined>(['EISDIR', 'EPERM'])

/**
 * Removes a directory and all below it; what others remove meanwhile is not an error, but `path` itself must be there.
 *
 * @example
 * ```ts
 * await removeTree(nodeFileSystem, 'models/.taskclf/staging/left-behind')
 * ```
 */
export async function removeTree(fileSystem: FileSystem, path: string): Promise<void> {
  for (const name of await fileSystem.readdir(path)) {
    await removeEntry(fileSystem, join(path, name)).catch((error) => {
      if (errnoOf(error) !== 'ENOENT') throw error
    })
  }
  await fileSystem.rmdir(path)
}

/** Removes whatever there is of that name, a directory with all below it. */
export async function removeEntry(fileSystem: FileSystem, path: string): Promise<void> {
  try {
    await fileSystem.unlink(path)
  } catch (error) {
    if (!IS_DIRECTORY.has(errnoOf(error))) throw error
    await removeTree(fileSystem, path)
  }
}
