import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { DurableFsError, messageOf } from './errors.js'
import type { FileSystem } from './file-system.js'
import { nodeFileSystem } from './node-file-system.js'
import { writeAll } from './write-all.js'

/** Where {@link writeFileAtomic} stages, and on what. */
export interface WriteFileAtomicOptions {
  fileSystem?: FileSystem
  /** Directory of the temporary file, on the same file system. Default: the target's own. */
  stagingDir?: string
}

/**
 * Replaces a file whole: temporary file of a name never used before, sync, rename, sync of the directory. Readers
 * see the old bytes or the new ones at any instant, after any crash.
 *
 * @throws DurableFsError `write_failed`: nothing changed. `durability_unknown`: the new file is in place, but the
 * last sync failed, so a power loss might bring the old one back.
 * @example
 * ```ts
 * await writeFileAtomic('models/index.json', Buffer.from('{}\n'))
 * ```
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array,
  options: WriteFileAtomicOptions = {},
): Promise<void> {
  const fileSystem = options.fileSystem ?? nodeFileSystem
  const staged = join(
    options.stagingDir ?? dirname(path),
    `.${basename(path)}.${randomBytes(9).toString('base64url')}.tmp`,
  )
  await replaceFile(fileSystem, { staged, path, bytes })
}

/**
 * {@link writeFileAtomic} with the temporary file's path given: a lock holder stages in its private directory, so
 * that breaking the lock takes the file away from it.
 *
 * @throws DurableFsError as there.
 * @example
 * ```ts
 * await replaceFile(nodeFileSystem, { staged: join(lock.privateDir, 'new.json'), path: 'active.json', bytes })
 * ```
 */
export async function replaceFile(
  fileSystem: FileSystem,
  { staged, path, bytes }: { staged: string; path: string; bytes: Uint8Array },
): Promise<void> {
  try {
    await stageFile(fileSystem, staged, bytes)
    await fileSystem.rename(staged, path)
  } catch (error) {
    await fileSystem.unlink(staged).catch(() => {})
    throw new DurableFsError('write_failed', path, `${path} was not written: ${messageOf(error)}`, error)
  }
  try {
    await fileSystem.syncDirectory(dirname(path))
  } catch (error) {
    throw new DurableFsError(
      'durability_unknown',
      path,
      `${path} is written, but whether it survives a power loss is unknown: ${messageOf(error)}`,
      error,
    )
  }
}

async function stageFile(fileSystem: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fileSystem.createExclusive(path)
  try {
    await writeAll(file, bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
