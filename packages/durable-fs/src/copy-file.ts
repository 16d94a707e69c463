import { createHash } from 'node:crypto'
import { messageOf } from '@taskclf/errors'
import { DurableFsError } from './errors.js'
import type { FileSystem } from './file-system.js'
import { nodeFileSystem } from './node-file-system.js'
import { writeAll } from './write-all.js'

const CHUNK = 1 << 20

/** On what a new file is made, and whom it follows. */
export interface NewFileOptions {
  fileSystem?: FileSystem
  /** The directory whose owner and readability the file follows. Default: its own. */
  like?: string
}

/**
 * Copies a regular file to a path where nothing may be yet, and returns once the copy would survive a power loss (its
 * directory is for the caller to sync). Answers the sha-256 (64 hex digits) and size in bytes of what was written.
 *
 * @throws DurableFsError `write_failed`: part of a copy may be left.
 * @example
 * ```ts
 * const { sha256, size } = await copyFile('candidate/model.txt', 'models/.taskclf/staging/model.txt')
 * ```
 */
export async function copyFile(
  from: string,
  to: string,
  options: NewFileOptions = {},
): Promise<{ sha256: string; size: number }> {
  const fileSystem = options.fileSystem ?? nodeFileSystem
  try {
    const source = await fileSystem.openRead(from)
    try {
      return await writeNew(fileSystem, to, options.like, (position) => source.read(position, CHUNK))
    } finally {
      await source.close()
    }
  } catch (error) {
    const message = `${from} was not copied to ${to}: ${messageOf(error)}`
    throw new DurableFsError('write_failed', to, message, error)
  }
}

/**
 * Writes a file where nothing may be yet, and returns once its bytes would survive a power loss (its directory is for
 * the caller to sync). Answers its sha-256 and size.
 *
 * @throws DurableFsError `write_failed`: part of it may be left.
 * @example
 * ```ts
 * await createFile('models/.taskclf/staging/manifest.json', Buffer.from('{}\n'))
 * ```
 */
export async function createFile(
  path: string,
  bytes: Uint8Array,
  options: NewFileOptions = {},
): Promise<{ sha256: string; size: number }> {
  try {
    return await writeNew(options.fileSystem ?? nodeFileSystem, path, options.like, async (position) =>
      position === 0 ? bytes : bytes.subarray(bytes.length),
    )
  } catch (error) {
    throw new DurableFsError('write_failed', path, `${path} was not written: ${messageOf(error)}`, error)
  }
}

async function writeNew(
  fileSystem: FileSystem,
  path: string,
  like: string | undefined,
  readAt: (position: number) => Promise<Uint8Array>,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  const file = await fileSystem.createExclusive(path, like)
  try {
    let size = 0
    for (let chunk = await readAt(0); chunk.length > 0; chunk = await readAt(size)) {
      hash.update(chunk)
      await writeAll(file, chunk)
      size += chunk.length
    }
    await file.sync()
    return { sha256: hash.digest('hex'), size }
  } finally {
    await file.close()
  }
}
