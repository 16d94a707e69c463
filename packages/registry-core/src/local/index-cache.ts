import { crc32 } from 'node:zlib'
import type { LocalBundle } from '../format/bundle.js'
import { fromBundleJson } from '../format/bundle-json.js'
import {
  BUNDLES_LINE,
  decodeLine,
  FIRST_LINE,
  type IndexLine,
  LONGEST_LINE,
  textOfLine,
} from '../format/index-format.js'
import { isUnchanged } from './bundle-fingerprint.js'
import type { BundleSnapshot } from './bundle-snapshot.js'
import { ownHeadLine } from './index-head.js'
import { modelsDirLayout } from './layout.js'
import { localBundle } from './local-bundle.js'
import type { ModelsDirEntry } from './models-dir-entries.js'
import { LineReader } from './read-lines.js'
import { sha256 } from './sha256.js'

/** An index being read alongside a models dir, both in the order of their names. */
export interface IndexCache {
  /** What reading the entry would answer; undefined when only reading can tell. */
  take(entry: ModelsDirEntry): LocalBundle | undefined
  /** {@link take}, and the line as it is in the index. */
  takeSnapshot(entry: ModelsDirEntry): BundleSnapshot | undefined
  close(): void
}

/**
 * The index of a models dir; undefined when there is none that this process would have written. It is a cache: damage by
 * accident is found by a checksum for each bundle, and costs time. Those who can write it on purpose can write bundles, too.
 */
export function openIndex(root: string): IndexCache | undefined {
  let lines: LineReader
  try {
    lines = new LineReader(modelsDirLayout(root).index, LONGEST_LINE)
  } catch {
    return undefined
  }
  const cursor = new Cursor(lines)
  const expected = [FIRST_LINE, ownHeadLine(root), BUNDLES_LINE]
  if (expected.every((line) => cursor.nextText() === line)) return cursor
  cursor.close()
  return undefined
}

class Cursor implements IndexCache {
  readonly #lines: LineReader
  #line: IndexLine | undefined
  /** The bytes of the line, until the next. */
  #bytes: Buffer | undefined
  #isAtEnd = false

  constructor(lines: LineReader) {
    this.#lines = lines
  }

  take({ kind, modelId, path }: ModelsDirEntry): LocalBundle | undefined {
    if (kind !== 'directory') return undefined
    while (!this.#isAtEnd && (this.#line === undefined || this.#line.model_id < modelId)) this.#advance()
    if (this.#line?.model_id !== modelId) return undefined
    try {
      const { files, bundle } = this.#line
      return isUnchanged(path, files)
        ? localBundle(fromBundleJson(bundle, { modelId, location: path }, sha256), path)
        : undefined
    } catch {
      // Gone meanwhile, or a line that is none: reading will tell.
      return undefined
    }
  }

  takeSnapshot(entry: ModelsDirEntry): BundleSnapshot | undefined {
    const bundle = this.take(entry)
    return bundle && this.#bytes && { bundle, line: textOfLine(this.#bytes) }
  }

  nextText(): string | undefined {
    return this.#next()?.toString('utf8')
  }

  close(): void {
    this.#lines.close()
  }

  #advance(): void {
    const bytes = this.#next()
    this.#bytes = bytes
    this.#line = bytes && decode(bytes)
    if (bytes === undefined) this.#isAtEnd = true
  }

  #next(): Buffer | undefined {
    try {
      return this.#lines.next()
    } catch {
      return undefined
    }
  }
}

function decode(bytes: Buffer): IndexLine | undefined {
  try {
    return decodeLine(bytes, crc32)
  } catch {
    return undefined
  }
}
