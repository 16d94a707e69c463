import { join } from 'node:path'
import { errnoOf } from './errors.js'
import type { FileSystem } from './file-system.js'

/** What unlinking a directory says on Linux and on macOS. */
const IS_DIRECTORY = new Set<string | undefined>(['EISDIR', 'EPERM'])

/**
 * Removes a directory and all below it; what others remove meanwhile is no error, but `path` itself must be there.
 *
 * @example
 * ```ts
 * await removeTree(nodeFileSystem, 'models/.taskclf/staging/left-behind')
 * ```
 */
export async function removeTree(fileSystem: FileSystem, path: string): Promise<void> {
  for (const name of await fileSystem.readdir(path)) {
    const entry = join(path, name)
    try {
      await fileSystem.unlink(entry)
    } catch (error) {
      const errno = errnoOf(error)
      if (IS_DIRECTORY.has(errno)) await removeTree(fileSystem, entry)
      else if (errno !== 'ENOENT') throw error
    }
  }
  await fileSystem.rmdir(path)
}
