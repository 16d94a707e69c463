import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'
import type { FileSystem, OpenFile } from './file-system.js'

const sync = promisify(fsync)

/**
 * The local file system. Only syncs wait for the disk, so only they leave the thread: every other operation takes
 * microseconds, less than the way to the thread pool and back.
 */
export const nodeFileSystem: FileSystem = {
  createExclusive: async (path) => openFile(openSync(path, 'wx', 0o666)),
  openAppend: async (path) => openFile(openSync(path, 'a+', 0o666)),
  openRead: async (path) => openFile(openRegular(path)),
  mkdir: async (path) => mkdirSync(path),
  readdir: async (path) => readdirSync(path),
  rename: async (from, to) => renameSync(from, to),
  unlink: async (path) => unlinkSync(path),
  rmdir: async (path) => rmdirSync(path),
  syncDirectory,
}

function openFile(fd: number): OpenFile {
  return {
    write: async (bytes) => writeSync(fd, bytes),
    size: async () => fstatSync(fd).size,
    read: async (position, length) => readAt(fd, position, length),
    sync: () => sync(fd),
    close: async () => closeSync(fd),
  }
}

function openRegular(path: string): number {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if (fstatSync(fd).isFile()) return fd
  closeSync(fd)
  throw Object.assign(new Error(`${path} is not a regular file`), { code: 'EINVAL' })
}

function readAt(fd: number, position: number, length: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const read = readSync(fd, buffer, filled, length - filled, position + filled)
    if (read === 0) break
    filled += read
  }
  return buffer.subarray(0, filled)
}

async function syncDirectory(path: string): Promise<void> {
  const fd = openSync(path, constants.O_RDONLY)
  try {
    await sync(fd)
  } finally {
    closeSync(fd)
  }
}
