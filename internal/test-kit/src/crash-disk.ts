import { basename, dirname } from 'node:path'
import {
  type Access,
  type DirNode,
  type EntryChange,
  errno,
  type FileNode,
  find,
  listing,
  mayReplace,
  NEW_FILE_ACCESS,
  type Node,
  newDir,
  type PendingOperation,
  type SurvivalOrder,
  set,
  settleDir,
  settledFile,
  survivorOf,
} from './crash-disk-nodes.js'

/** An open file of a {@link CrashDisk}, with the methods of durable-fs's `OpenFile`. */
export interface CrashFile {
  write(bytes: Uint8Array): Promise<number>
  size(): Promise<number>
  read(position: number, length: number): Promise<Uint8Array>
  chmod(mode: number): Promise<void>
  chown(uid: number, gid: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** The methods of durable-fs's `FileSystem`, over memory. */
export interface CrashFileSystem {
  createExclusive(path: string): Promise<CrashFile>
  openAppend(path: string): Promise<CrashFile>
  openRead(path: string): Promise<CrashFile>
  lstat(path: string): Promise<{ kind: 'file' | 'directory'; mtimeMs: number } & Access>
  mkdir(path: string): Promise<void>
  readdir(path: string): Promise<string[]>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  rmdir(path: string): Promise<void>
  syncDirectory(path: string): Promise<void>
}

/** A disk in memory that knows what of it would survive a power loss. */
export interface CrashDisk {
  fileSystem: CrashFileSystem
  /** How many operations have been asked for. */
  readonly steps: number
  /** The bytes of a file as programs see it, or undefined. */
  bytesOf(path: string): Buffer | undefined
  /** Who may do what with a file, and whose it is, as programs see it. */
  accessOf(path: string): Access | undefined
  /** Every path below the root with its bytes (directories: undefined), as programs see it. */
  list(): Map<string, Buffer | undefined>
  /** The disk after the power has gone now and come back: synced data surely, of the rest whatever `random` leaves. */
  crash(random: () => number, order?: SurvivalOrder): CrashDisk
}

/** What a {@link CrashDisk} begins with: all of it durable. */
export interface CrashDiskOptions {
  dirs: readonly string[]
  files?: Readonly<Record<string, string | Uint8Array>>
  /** Called before each operation, with its number from 0 and its name. */
  beforeStep?: (step: number, name: string) => void
}

/**
 * A file system in memory for power-loss tests. A file's bytes are safe up to its last `sync`, a directory's names
 * up to its last `syncDirectory`, and neither makes the other safe. Renames replace what is there in one step.
 */
export function createCrashDisk(options: CrashDiskOptions): CrashDisk {
  const root = newDir()
  for (const path of options.dirs) {
    let dir = root
    for (const name of path.split('/').filter(Boolean)) dir = settleDir(dir, name)
  }
  for (const [path, content] of Object.entries(options.files ?? {})) {
    const node = settledFile(Buffer.from(content))
    const dir = find(root, dirname(path)) as DirNode
    dir.entries.set(basename(path), node)
    dir.durable.set(basename(path), node)
  }
  return diskOf(root, options.beforeStep)
}

function diskOf(root: DirNode, beforeStep: CrashDiskOptions['beforeStep']): CrashDisk {
  let pending: PendingOperation[] = []
  let steps = 0
  const step = (name: string): void => beforeStep?.(steps++, name)

  const directory = (path: string): DirNode => {
    const node = find(root, path)
    if (node === undefined) throw errno('ENOENT', path)
    if (node.kind !== 'dir') throw errno('ENOTDIR', path)
    return node
  }
  const change = (changes: EntryChange[]): void => {
    for (const { dir, name, node } of changes) set(dir.entries, name, node)
    pending.push(changes)
  }
  const create = (path: string, node: Node): void =>
    change([{ dir: directory(dirname(path)), name: basename(path), node }])
  const open = (file: FileNode): CrashFile => ({
    write: async (bytes) => {
      step('file.write')
      file.bytes = Buffer.concat([file.bytes, bytes])
      return bytes.length
    },
    size: async () => {
      step('file.size')
      return file.bytes.length
    },
    read: async (position, length) => {
      step('file.read')
      return file.bytes.subarray(position, position + length)
    },
    chmod: async (mode) => {
      step('file.chmod')
      file.access = { ...file.access, mode }
    },
    chown: async (uid, gid) => {
      step('file.chown')
      file.access = { ...file.access, uid: uid === -1 ? file.access.uid : uid, gid }
    },
    sync: async () => {
      step('file.sync')
      file.synced = file.bytes.length
      file.syncedAccess = file.access
    },
    close: async () => step('file.close'),
  })
  const newFile = (path: string): FileNode => {
    const file = settledFile(Buffer.alloc(0))
    create(path, file)
    return file
  }

  const fileSystem: CrashFileSystem = {
    createExclusive: async (path) => {
      step('createExclusive')
      directory(dirname(path))
      if (find(root, path)) throw errno('EEXIST', path)
      return open(newFile(path))
    },
    openAppend: async (path) => {
      step('openAppend')
      directory(dirname(path))
      const node = find(root, path)
      if (node?.kind === 'dir') throw errno('EISDIR', path)
      return open(node ?? newFile(path))
    },
    openRead: async (path) => {
      step('openRead')
      const node = find(root, path)
      if (node === undefined) throw errno('ENOENT', path)
      if (node.kind === 'dir') throw errno('EINVAL', path)
      return open(node)
    },
    lstat: async (path) => {
      step('lstat')
      const node = find(root, path)
      if (node === undefined) throw errno('ENOENT', path)
      if (node.kind === 'file') return { kind: 'file', mtimeMs: 0, ...node.access }
      return { kind: 'directory', mtimeMs: 0, ...NEW_FILE_ACCESS, mode: 0o755 }
    },
    mkdir: async (path) => {
      step('mkdir')
      directory(dirname(path))
      if (find(root, path)) throw errno('EEXIST', path)
      create(path, newDir())
    },
    readdir: async (path) => {
      step('readdir')
      return [...directory(path).entries.keys()]
    },
    rename: async (from, to) => {
      step('rename')
      const node = find(root, from)
      if (node === undefined) throw errno('ENOENT', from)
      const target = directory(dirname(to))
      mayReplace(node, target.entries.get(basename(to)), to)
      change([
        { dir: target, name: basename(to), node },
        { dir: directory(dirname(from)), name: basename(from), node: undefined },
      ])
    },
    unlink: async (path) => {
      step('unlink')
      const node = find(root, path)
      if (node === undefined) throw errno('ENOENT', path)
      if (node.kind === 'dir') throw errno('EISDIR', path)
      change([{ dir: directory(dirname(path)), name: basename(path), node: undefined }])
    },
    rmdir: async (path) => {
      step('rmdir')
      if (directory(path).entries.size > 0) throw errno('ENOTEMPTY', path)
      change([{ dir: directory(dirname(path)), name: basename(path), node: undefined }])
    },
    syncDirectory: async (path) => {
      step('syncDirectory')
      const dir = directory(path)
      dir.durable = new Map(dir.entries)
      pending = pending
        .map((operation) => operation.filter((c) => c.dir !== dir))
        .filter((operation) => operation.length > 0)
    },
  }

  return {
    fileSystem,
    get steps() {
      return steps
    },
    bytesOf: (path) => {
      const node = find(root, path)
      return node?.kind === 'file' ? node.bytes : undefined
    },
    accessOf: (path) => {
      const node = find(root, path)
      return node?.kind === 'file' ? node.access : undefined
    },
    list: () => listing(root),
    crash: (random, order = 'any') => diskOf(survivorOf(root, pending, random, order), undefined),
  }
}
