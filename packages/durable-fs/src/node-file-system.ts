import * as fs from 'node:fs'
import { promisify } from 'node:util'
import type { FileSystem, OpenFile } from './file-system.js'

const fsync = promisify(fs.fsync)

/**
 * The local file system. Only syncs wait for the disk, so only they leave the thread: every other operation takes
 * microseconds, less than the way to the thread pool and back.
 */
export const nodeFileSystem: FileSystem = {
  createExclusive: async (path) => openFile(fs.openSync(path, 'wx', 0o666)),
  openAppend: async (path) => openFile(fs.openSync(path, 'a+', 0o666)),
  openRead: async (path) => openFile(openRegular(path)),
  mkdir: async (path) => fs.mkdirSync(path),
  readdir: async (path) => fs.readdirSync(path),
  rename: async (from, to) => fs.renameSync(from, to),
  unlink: async (path) => fs.unlinkSync(path),
  rmdir: async (path) => fs.rmdirSync(path),
  syncDirectory,
}

function openFile(fd: number): OpenFile {
  return {
    write: async (bytes) => fs.writeSync(fd, bytes),
    size: async () => fs.fstatSync(fd).size,
    read: async (position, length) => readAt(fd, position, length),
    sync: () => fsync(fd),
    close: async () => fs.closeSync(fd),
  }
}

function openRegular(path: string): number {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
  if (fs.fstatSync(fd).isFile()) return fd
  fs.closeSync(fd)
  throw Object.assign(new Error(`${path} is not a regular file`), { code: 'EINVAL' })
}

function readAt(fd: number, position: number, length: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const read = fs.readSync(fd, buffer, filled, length - filled, position + filled)
    if (read === 0) break
    filled += read
  }
  return buffer.subarray(0, filled)
}

async function syncDirectory(path: string): Promise<void> {
  const fd = fs.openSync(path, fs.constants.O_RDONLY)
  try {
    await fsync(fd)
  } finally {
    fs.closeSync(fd)
  }
}
