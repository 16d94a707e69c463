import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import type { BundleSource, EntryKind, Sourced } from '../format/bundle-source.js'
import { problem } from '../format/problem.js'
import { listEntries, locateFile, unreadable } from './bundle-entries.js'
import { readDocumentFile } from './read-document-file.js'

/** The files of a bundle's real directory. Links must end inside `root`. */
export class DirectorySource implements BundleSource {
  readonly #root: string
  readonly #dir: string
  #entries: ReadonlyMap<string, EntryKind> = new Map()

  constructor(root: string, dir: string) {
    this.#root = root
    this.#dir = dir
  }

  list(): Sourced<ReadonlyMap<string, EntryKind>> {
    const listed = listEntries(this.#dir)
    if (listed.ok) this.#entries = listed.value
    return listed
  }

  read(name: string): Sourced<Uint8Array> {
    const short = this.#kindOf(name) === 'file' ? readShort(this.#dir + sep + name) : undefined
    if (short !== undefined) return { ok: true, value: short }
    const located = this.#locate(name)
    return located.ok ? readDocumentFile(located.value, name) : located
  }

  open(name: string): Sourced<number> {
    const located = this.#locate(name)
    if (!located.ok) return located
    try {
      return { ok: true, value: sizeOfOpened(located.value) }
    } catch (error) {
      const isGone = errnoOf(error) === 'ENOENT'
      const found = isGone
        ? problem('vanished', name, 'was removed while the bundle was read')
        : unreadable(name, error)
      return { ok: false, problem: found }
    }
  }

  sizeOf(name: string): Sourced<number | undefined> {
    try {
      return { ok: true, value: statSync(join(this.#dir, name)).size }
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === 'ENOENT' || errno === 'ENOTDIR') return { ok: true, value: undefined }
      return { ok: false, problem: unreadable(name, error, 'cannot be looked at') }
    }
  }

  isGone(): boolean {
    try {
      return lstatSync(this.#dir, { throwIfNoEntry: false }) === undefined
    } catch (error) {
      // Anything else is not known to be gone.
      return errnoOf(error) === 'ENOTDIR'
    }
  }

  #kindOf(name: string): EntryKind {
    return this.#entries.get(name) ?? 'other'
  }

  #locate(name: string): Sourced<string> {
    return locateFile(this.#root, this.#dir, name, this.#kindOf(name))
  }
}

// O_NONBLOCK: should a FIFO have taken the file's place since the directory was listed, it must not be waited for.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

function sizeOfOpened(path: string): number {
  const fd = openSync(path, FLAGS)
  try {
    return fstatSync(fd).size
  } finally {
    closeSync(fd)
  }
}

const buffer = Buffer.allocUnsafeSlow(65_536)

/** The bytes of a file shorter than the buffer, valid until the next call; undefined for every other. */
function readShort(path: string): Uint8Array | undefined {
  let fd: number | undefined
  try {
    fd = openSync(path, FLAGS)
    // A read that fills the buffer may have left something: no other call is needed to know the size.
    const length = readSync(fd, buffer, 0, buffer.length, 0)
    return length < buffer.length ? buffer.subarray(0, length) : undefined
  } catch {
    return undefined
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
