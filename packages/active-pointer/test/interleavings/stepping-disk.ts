import { basename, dirname } from 'node:path'
import type { FileSystem, OpenFile } from '@taskclf/durable-fs'

/** A directory knows who made it; what it holds is by name. */
interface Dir {
  kind: 'dir'
  label: string
  entries: Map<string, Node>
  removed: boolean
}
/** A file is a list of what was written, each piece with who wrote it. */
interface File {
  kind: 'file'
  pieces: { by: string; bytes: Buffer }[]
}
type Node = Dir | File

/** One thing that a process is about to do: in one step, or in two (look the directories up, then act). */
export interface Step {
  name: string
  phases: (() => unknown)[]
  settle: (outcome: { value: unknown } | { error: unknown }) => void
}

const failure = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code })

/**
 * A file system in memory, shared by processes that each take one step at a time, when they are told to. What touches a lock
 * or what lies in it takes two steps, as in a kernel: the directories of a path are looked up, and may be moved or removed
 * before the entry is changed.
 */
export class SteppingDisk {
  readonly root: Dir = { kind: 'dir', label: '/', entries: new Map(), removed: false }
  /** Called when a file is about to replace another name's; with what is there and what comes. */
  onReplace: (process: number, path: string, there: string | undefined, comes: string) => void = () => {}
  /** Called when a process has read a file: what was in it. */
  onRead: (process: number, path: string, what: string | undefined) => void = () => {}
  readonly #made = new Map<number, number>()

  constructor(
    dirs: readonly string[],
    readonly lockDir: string,
    readonly park: (process: number, step: Step) => void,
  ) {
    for (const path of dirs) this.#settle(path)
  }

  /** The file system as one process has it. */
  of(process: number): FileSystem {
    const two = (path: string) => dirname(path) === this.lockDir || path.startsWith(`${this.lockDir}/`)
    const later = <T>(name: string, ...phases: (() => unknown)[]): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        this.park(process, {
          name,
          phases,
          settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value as T)),
        })
      })
    /** Looks the directory of a path up now or as a step of its own, then acts in it. */
    const inDirectory = <T>(name: string, path: string, act: (dir: Dir, entry: string) => T): Promise<T> => {
      if (!two(path)) return later(name, () => act(this.#dir(dirname(path)), basename(path)))
      let dir: Dir
      return later(
        name,
        () => {
          dir = this.#dir(dirname(path))
          return dir.label
        },
        () => act(dir, basename(path)),
      )
    }
    return {
      createExclusive: (path) =>
        inDirectory('createExclusive', path, (dir, name) => {
          if (dir.removed) throw failure('ENOENT', path)
          if (dir.entries.has(name)) throw failure('EEXIST', path)
          const file: File = { kind: 'file', pieces: [] }
          dir.entries.set(name, file)
          return this.#open(process, file)
        }),
      openAppend: async (path) => {
        const dir = this.#dir(dirname(path))
        const file = (dir.entries.get(basename(path)) ?? { kind: 'file', pieces: [] }) as File
        dir.entries.set(basename(path), file)
        return this.#open(process, file, later)
      },
      openRead: (path) =>
        later('openRead', () => {
          const node = this.#find(path)
          this.onRead(process, path, writersOf(node))
          if (node?.kind !== 'file') throw failure('ENOENT', path)
          return this.#open(process, { kind: 'file', pieces: [...node.pieces] })
        }),
      lstat: async (path) => {
        const node = this.#find(path)
        if (node === undefined) throw failure('ENOENT', path)
        const kind = node.kind === 'dir' ? 'directory' : 'file'
        return { kind, mode: 0o644, uid: 0, gid: 0, mtimeMs: 0 }
      },
      mkdir: async (path) => {
        const dir = this.#dir(dirname(path))
        if (dir.entries.has(basename(path))) throw failure('EEXIST', path)
        dir.entries.set(basename(path), this.#newDir(process))
      },
      readdir: (path) => {
        const list = () => [...this.#dir(path).entries.keys()]
        return path.startsWith(this.lockDir) ? later('readdir', list) : Promise.resolve(list())
      },
      rename: (from, to) => this.#rename(process, later, from, to, two(from)),
      unlink: (path) =>
        inDirectory('unlink', path, (dir, name) => {
          const node = dir.entries.get(name)
          if (node === undefined) throw failure('ENOENT', path)
          if (node.kind === 'dir') throw failure('EISDIR', path)
          dir.entries.delete(name)
        }),
      rmdir: (path) =>
        inDirectory('rmdir', path, (dir, name) => {
          const node = dir.entries.get(name)
          if (node?.kind !== 'dir') throw failure('ENOENT', path)
          if (node.entries.size > 0) throw failure('ENOTEMPTY', path)
          node.removed = true
          dir.entries.delete(name)
        }),
      syncDirectory: async () => {},
    }
  }

  /** The bytes of a file. */
  bytesOf(path: string): Buffer | undefined {
    const node = this.#find(path)
    return node?.kind === 'file' ? Buffer.concat(node.pieces.map(({ bytes }) => bytes)) : undefined
  }

  /** Names in a directory. */
  namesIn(path: string): string[] {
    const node = this.#find(path)
    return node?.kind === 'dir' ? [...node.entries.keys()] : []
  }

  /** Everything there is, with names as `canonical` has them: equal texts are equal disks. */
  describe(canonical: (text: string) => string): string {
    const show = (node: Node): string => {
      if (node.kind === 'file') return node.pieces.map(({ by }) => by).join('+')
      const inside = [...node.entries].map(([name, child]) => `${canonical(name)}=${show(child)}`).sort()
      return `${node.label}{${inside.join(',')}}`
    }
    return show(this.root)
  }

  #rename(process: number, later: Later, from: string, to: string, isTwo: boolean): Promise<void> {
    let dirs: [Dir, Dir]
    const look = () => {
      dirs = [this.#dir(dirname(from)), this.#dir(dirname(to))]
      return dirs.map(({ label }) => label).join()
    }
    const act = () => {
      const [source, target] = dirs
      const node = source.entries.get(basename(from))
      if (node === undefined || source.removed || target.removed) throw failure('ENOENT', from)
      const there = target.entries.get(basename(to))
      if (node.kind === 'dir' && there?.kind === 'dir' && there.entries.size > 0)
        throw failure('ENOTEMPTY', to)
      if (there?.kind === 'dir') there.removed = true
      if (node.kind === 'file') this.onReplace(process, to, writersOf(there), writersOf(node) as string)
      source.entries.delete(basename(from))
      target.entries.set(basename(to), node)
    }
    const atOnce = () => {
      look()
      act()
    }
    return isTwo ? later('rename', look, act) : later('rename', atOnce)
  }

  #open(process: number, file: File, later?: Later): OpenFile {
    const all = () => Buffer.concat(file.pieces.map(({ bytes }) => bytes))
    const soon: Later =
      later ?? ((_, ...phases) => Promise.resolve(phases.map((phase) => phase()).at(-1) as never))
    return {
      write: (bytes) =>
        soon('write', () => {
          file.pieces.push({ by: `w${process}`, bytes: Buffer.from(bytes) })
          return bytes.length
        }),
      size: () => soon('size', () => all().length),
      read: async (position, length) => all().subarray(position, position + length),
      chmod: async () => {},
      chown: async () => {},
      sync: async () => {},
      close: async () => {},
    }
  }

  #newDir(process: number): Dir {
    const made = this.#made.get(process) ?? 0
    this.#made.set(process, made + 1)
    return { kind: 'dir', label: `d${process}.${made}`, entries: new Map(), removed: false }
  }

  #settle(path: string): void {
    let dir = this.root
    for (const name of path.split('/').filter(Boolean)) {
      const next = dir.entries.get(name) ?? { kind: 'dir', label: name, entries: new Map(), removed: false }
      dir.entries.set(name, next)
      dir = next as Dir
    }
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.root
    for (const name of path.split('/').filter(Boolean))
      node = node?.kind === 'dir' ? node.entries.get(name) : undefined
    return node
  }

  #dir(path: string): Dir {
    const node = this.#find(path)
    if (node?.kind !== 'dir') throw failure('ENOENT', path)
    return node
  }
}

type Later = <T>(name: string, ...phases: (() => unknown)[]) => Promise<T>

function writersOf(node: Node | undefined): string | undefined {
  return node?.kind === 'file' ? node.pieces.map(({ by }) => by).join('+') : undefined
}
