import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { ManifestEntry } from '../format/manifest.js'

const CHUNK = 1 << 20
/** What one buffer of the oldest supported Node can be filled with by one call. */
export const MAX_KEPT_BYTES = 2 ** 31 - 1

// O_NONBLOCK: opening a FIFO must not wait for a writer.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** A file's digest and size, and its bytes where they were asked for. */
export interface HashedFile {
  entry: ManifestEntry
  bytes: Uint8Array | undefined
}

/** Why a file is not read to its end: the content's fault, not the system's. */
export class UnfitFile extends Error {}

/** How a file is read. */
export interface ReadHashedOptions {
  keep: boolean
  /** Asked before anything is read: may throw. */
  onSize?: (size: number) => void
  signal?: AbortSignal | undefined
}

/**
 * Reads a regular file once, no further than the size that it has at first: a file that grows is refused.
 *
 * @throws Error for what is not a plain file, or changes while it is read, and what the system throws.
 * @example
 * ```ts
 * const { entry, bytes } = await readHashed('candidate/model.txt', { keep: true })
 * ```
 */
export async function readHashed(path: string, options: ReadHashedOptions): Promise<HashedFile> {
  const handle = await open(path, FLAGS)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new UnfitFile('is not a regular file')
    options.onSize?.(stat.size)
    if (options.keep && stat.size > MAX_KEPT_BYTES)
      throw new UnfitFile(`has ${stat.size} bytes; at most ${MAX_KEPT_BYTES} are loaded`)
    return await readOpen(handle, stat.size, options)
  } finally {
    await handle.close()
  }
}

async function readOpen(
  handle: FileHandle,
  size: number,
  { keep, signal }: ReadHashedOptions,
): Promise<HashedFile> {
  const hash = createHash('sha256')
  const bytes = keep ? Buffer.allocUnsafeSlow(size) : undefined
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size + 1))
  let length = 0
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, length)
    if (bytesRead === 0) break
    if (length + bytesRead > size) throw new UnfitFile('grew while it was read')
    const read = chunk.subarray(0, bytesRead)
    hash.update(read)
    bytes?.set(read, length)
    length += bytesRead
  }
  if (length < size) throw new UnfitFile('shrank while it was read')
  return { entry: { sha256: hash.digest('hex'), size }, bytes }
}
