import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { messageOf } from '@taskclf/errors'
import { DurableFsError } from './errors.js'

const CHUNK = 1 << 20

/**
 * The sha-256 (64 hex digits) and size in bytes of a regular file, read in chunks of constant memory.
 *
 * @throws DurableFsError `read_failed` when the file is missing, unreadable or not a regular file.
 * @example
 * ```ts
 * const { sha256, size } = await hashFile('models/2026-03-02_031009_run-8935/model.txt')
 * ```
 */
export async function hashFile(path: string): Promise<{ sha256: string; size: number }> {
  let handle: fs.promises.FileHandle | undefined
  try {
    handle = await fs.promises.open(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
    if (!(await handle.stat()).isFile()) throw new Error('not a regular file')
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(CHUNK)
    let size = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, size)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), size }
      hash.update(buffer.subarray(0, bytesRead))
      size += bytesRead
    }
  } catch (error) {
    throw new DurableFsError('read_failed', path, `${path} cannot be hashed: ${messageOf(error)}`, error)
  } finally {
    await handle?.close()
  }
}
