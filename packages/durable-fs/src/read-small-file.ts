import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { messageOf } from '@taskclf/errors'
import { errnoOf } from './errors.js'

/** What tells one state of a file from another: sizes in bytes, times in nanoseconds. */
export interface FileStat {
  size: number
  mtimeNs: bigint
  ctimeNs: bigint
  ino: bigint
  dev: bigint
}

/** Why a file was not read. */
export type SmallFileProblem = 'missing' | 'not_a_file' | 'too_large' | 'unreadable' | 'vanished'

/** The bytes of a file, or why there are none. */
export type SmallFile =
  | { ok: true; bytes: Buffer; stat: FileStat }
  | { ok: false; reason: SmallFileProblem; message: string; cause?: unknown }

// O_NONBLOCK: opening a FIFO must not wait for a writer. O_NOCTTY: nor may a terminal become ours.
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY
// Windows has none.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0

/**
 * Reads a regular file of at most `maxBytes` bytes, at once and without leaving the thread. Never throws, never
 * hangs on a FIFO or device, never reads more than it was allowed, even of a file that grows meanwhile. With `noFollow`
 * a link is `unreadable`, with `ELOOP` (on some systems `EMLINK`) as the cause's code.
 *
 * @example
 * ```ts
 * const file = readSmallFile('models/active.json', { maxBytes: 1 << 20 })
 * if (file.ok) console.log(file.bytes.toString('utf8'))
 * ```
 */
export function readSmallFile(path: string, options: { maxBytes: number; noFollow?: boolean }): SmallFile {
  let fd: number
  try {
    fd = openSync(path, options.noFollow ? FLAGS | NO_FOLLOW : FLAGS)
  } catch (error) {
    return openProblem(path, error)
  }
  try {
    return readOpen(fd, path, options.maxBytes)
  } catch (error) {
    const reason = errnoOf(error) === 'EISDIR' ? 'not_a_file' : 'unreadable'
    return { ok: false, reason, message: `${path} cannot be read: ${messageOf(error)}`, cause: error }
  } finally {
    closeSync(fd)
  }
}

function readOpen(fd: number, path: string, maxBytes: number): SmallFile {
  const found = fstatSync(fd, { bigint: true })
  if (!found.isFile()) {
    return { ok: false, reason: 'not_a_file', message: `${path} is not a regular file` }
  }
  const size = Number(found.size)
  const tooLarge: SmallFile = {
    ok: false,
    reason: 'too_large',
    message: `${path} has ${size} bytes; at most ${maxBytes} are read`,
  }
  if (size > maxBytes) return tooLarge
  // One byte more than the size, so that growth while reading is seen without a second stat.
  let buffer = Buffer.allocUnsafe(size + 1)
  let length = 0
  for (;;) {
    const read = readSync(fd, buffer, length, buffer.length - length, length)
    length += read
    if (length > maxBytes) return tooLarge
    if (read === 0 || (length >= size && length < buffer.length)) break
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, maxBytes + 1))
  }
  const { mtimeNs, ctimeNs, ino, dev } = found
  return { ok: true, bytes: buffer.subarray(0, length), stat: { size, mtimeNs, ctimeNs, ino, dev } }
}

function openProblem(path: string, error: unknown): SmallFile {
  const errno = errnoOf(error)
  if (errno === 'ENOENT')
    return { ok: false, reason: 'missing', message: `${path} does not exist`, cause: error }
  if (errno === 'ENOTDIR') return { ok: false, reason: 'vanished', message: `${path} is gone`, cause: error }
  // A socket, or a device without a driver.
  if (errno === 'ENXIO' || errno === 'ENODEV') {
    return { ok: false, reason: 'not_a_file', message: `${path} is not a regular file`, cause: error }
  }
  return {
    ok: false,
    reason: 'unreadable',
    message: `${path} cannot be opened: ${messageOf(error)}`,
    cause: error,
  }
}
