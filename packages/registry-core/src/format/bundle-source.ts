import type { Problem } from './problems.js'

/** What a name in a bundle's directory stands for. */
export type EntryKind = 'file' | 'directory' | 'link' | 'other'

/** What a source answers, or what is wrong with the file. */
export type Sourced<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/**
 * Where the files of one bundle come from: a directory, or what was gathered of a bucket before. No method throws; a failure is a
 * problem of the bundle, with its `errno` where the environment failed.
 */
export interface BundleSource {
  /** What is directly in the bundle, by name. Asked for first. */
  list(): Sourced<ReadonlyMap<string, EntryKind>>
  /** The bytes of a document, of at most 16 MiB. They need not be kept beyond the next call. */
  read(name: string): Sourced<Uint8Array>
  /** The size of a file in the bundle's directory that could be loaded. */
  open(name: string): Sourced<number>
  /** The size of any file, by its path inside the bundle, as far as a look tells; undefined when it is not there. */
  sizeOf(name: string): Sourced<number | undefined>
  /** Whether the whole bundle is gone by now, so that nothing which was found missing is what is wrong with it. */
  isGone(): boolean
}
