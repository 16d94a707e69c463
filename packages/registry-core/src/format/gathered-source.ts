import { MAX_DOCUMENT_BYTES } from './bundle-files.js'
import type { BundleSource, EntryKind, Sourced } from './bundle-source.js'
import { problem } from './problem.js'
import type { Problem } from './problems.js'

/** A file of a bundle that was looked at before: its size, and its bytes where it may be a document. */
export interface GatheredFile {
  /** In bytes. */
  size: number
  bytes?: Uint8Array | undefined
}

/**
 * A source over files that are known already, by their paths inside the bundle: in memory, or gathered from where files cannot be
 * asked for one by one.
 *
 * @example
 * ```ts
 * const source = gatheredSource(new Map([['metadata.json', { size: bytes.length, bytes }], ['model.txt', { size: 123456 }]]))
 * ```
 */
export function gatheredSource(files: ReadonlyMap<string, GatheredFile>): BundleSource {
  const sizeOf = (name: string): Sourced<number | undefined> => ({ ok: true, value: files.get(name)?.size })
  return {
    list: () => ({ ok: true, value: entriesOf(files.keys()) }),
    read(name) {
      const file = files.get(name)
      if (file?.bytes === undefined || file.size > MAX_DOCUMENT_BYTES) return refuse(whyNotRead(name, file))
      return { ok: true, value: file.bytes }
    },
    open(name) {
      const size = files.get(name)?.size
      return size === undefined ? refuse(problem('not_a_file', name, NOT_A_FILE)) : { ok: true, value: size }
    },
    sizeOf,
    isGone: () => false,
  }
}

const NOT_A_FILE = 'is not a regular file; replace it with one'

function entriesOf(paths: Iterable<string>): Map<string, EntryKind> {
  const entries = new Map<string, EntryKind>()
  for (const path of paths) {
    const end = path.indexOf('/')
    if (end === -1) entries.set(path, 'file')
    else entries.set(path.slice(0, end), 'directory')
  }
  return entries
}

function whyNotRead(name: string, file: GatheredFile | undefined): Problem {
  if (file === undefined) return problem('not_a_file', name, NOT_A_FILE)
  if (file.size > MAX_DOCUMENT_BYTES)
    return problem('too_large', name, `has ${file.size} bytes, too many for a document; shorten it`)
  return problem('unreadable', name, 'was not gathered; read the bundle again')
}

const refuse = (cause: Problem): Sourced<never> => ({ ok: false, problem: cause })
