import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { errnoOf } from './errors.js'
import type { FileAttributes, FileSystem, OpenFile } from './file-system.js'
import { followDirectory } from './follow-directory.js'
import { namesIn, pathOf } from './odd-names.js'
import { readSmallFile } from './read-small-file.js'

const sync = promisify(fsync)
const NEW_FILE = constants.O_CREAT | constants.O_EXCL

/**
 * The local file system. Only syncs wait for the disk, so only they leave the thread: every other operation takes
 * microseconds, less than the way to the thread pool and back.
 */
export const nodeFileSystem: FileSystem = {
  readSmall: readSmallFile,
  createExclusive: async (path, like) => openFile(openNew(path, constants.O_WRONLY, like)),
  openAppend: async (path) => openFile(openToAppend(path)),
  openRead: async (path) => openFile(openRegular(path)),
  lstat: async (path) => attributesOf(lstatSync(pathOf(path))),
  mkdir: async (path, like) => makeDirectory(path, like),
  readdir: async (path) => namesIn(path),
  rename: async (from, to) => renameSync(pathOf(from), pathOf(to)),
  unlink: async (path) => unlinkSync(pathOf(path)),
  rmdir: async (path) => rmdirSync(pathOf(path)),
  syncDirectory,
}

function openFile(fd: number): OpenFile {
  return {
    write: async (bytes) => writeSync(fd, bytes),
    size: async () => fstatSync(fd).size,
    read: async (position, length) => readAt(fd, position, length),
    chmod: async (mode) => fchmodSync(fd, mode),
    chown: async (uid, gid) => fchownSync(fd, uid, gid),
    sync: () => sync(fd),
    close: async () => closeSync(fd),
  }
}

function attributesOf(stats: Stats): FileAttributes {
  const { uid, gid, mtimeMs } = stats
  return { kind: kindOf(stats), mode: stats.mode & 0o777, uid, gid, mtimeMs }
}

function kindOf(stats: Stats): FileAttributes['kind'] {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'directory'
  return stats.isSymbolicLink() ? 'link' : 'other'
}

function openNew(path: string, access: number, like: string = dirname(path)): number {
  const fd = openSync(pathOf(path), access | NEW_FILE, 0o666)
  return followed(fd, like)
}

function openToAppend(path: string): number {
  const access = constants.O_RDWR | constants.O_APPEND
  try {
    return openSync(pathOf(path), access)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
  try {
    return openNew(path, access)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    // Another made it meanwhile; or it is a link to a file that is yet to be made.
    return openSync(pathOf(path), access | constants.O_CREAT, 0o666)
  }
}

function makeDirectory(path: string, like: string = dirname(path)): void {
  mkdirSync(pathOf(path))
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
  closeSync(followed(openSync(pathOf(path), flags), like))
}

function followed(fd: number, like: string): number {
  try {
    followDirectory(fd, like)
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function openRegular(path: string): number {
  const fd = openSync(pathOf(path), constants.O_RDONLY | constants.O_NONBLOCK)
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
  const fd = openSync(pathOf(path), constants.O_RDONLY)
  try {
    await sync(fd)
  } finally {
    closeSync(fd)
  }
}
