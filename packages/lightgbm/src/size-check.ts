import { LightgbmError } from './errors.js'
import type { LineReader } from './line-reader.js'
import type { Header } from './parse-header.js'

/** Blank lines end a tree; a file that ends with them may lack some of them. */
const BLANK_LINES = 2

/** Compares where each block begins with where tree_sizes says it does; without tree_sizes there is nothing to compare. */
export class SizeCheck {
  readonly #header: Header
  readonly #reader: LineReader
  #checkedTo = -1
  #offset = 0
  #expected = 0

  constructor(header: Header, reader: LineReader) {
    this.#header = header
    this.#reader = reader
  }

  /** At the line that begins a tree. */
  atTree(index: number): void {
    const { treeSizes } = this.#header
    if (treeSizes === undefined) return
    this.#checkOffset(`Tree=${index}`)
    if (index >= treeSizes.length)
      throw this.#mismatch(
        `it lists ${treeSizes.length} trees, but line ${this.#reader.line} begins one more`,
      )
    this.#expected += treeSizes[index] as number
  }

  /** At the line that says that the trees are over. */
  atEnd(what: string, trees: number): void {
    const { treeSizes } = this.#header
    if (treeSizes === undefined) return
    this.#checkOffset(what)
    this.#checkCount(treeSizes, trees)
  }

  /** Where nothing says that the trees are over: the last one ends after `contentEnd`, and blank lines follow. */
  atUnmarkedEnd(contentEnd: number, trees: number): void {
    const { treeSizes } = this.#header
    if (treeSizes === undefined) return
    this.#checkCount(treeSizes, trees)
    const content = this.#offset + this.#bytesTo(contentEnd)
    const end = this.#offset + this.#bytesTo(this.#reader.start)
    if (content <= this.#expected && this.#expected <= end + BLANK_LINES) return
    throw this.#mismatch(`its trees end at byte ${content} of the trees, not ${this.#expected}`)
  }

  #checkCount(treeSizes: Int32Array, trees: number): void {
    if (trees === treeSizes.length) return
    throw this.#mismatch(`it lists ${treeSizes.length} trees, but the file has ${trees}`)
  }

  #checkOffset(what: string): void {
    const { start, line } = this.#reader
    this.#offset += this.#bytesTo(start)
    this.#checkedTo = start
    if (this.#offset === this.#expected) return
    throw this.#mismatch(
      `${what} (line ${line}) begins at byte ${this.#offset} of the trees, not ${this.#expected}`,
    )
  }

  #bytesTo(place: number): number {
    return this.#checkedTo < 0 ? 0 : this.#reader.bytesOf(this.#checkedTo, place)
  }

  #mismatch(message: string): LightgbmError {
    const line = this.#header.treeSizesField?.line
    const text = `${message}; the file was edited or damaged`
    return new LightgbmError('tree_size_mismatch', text, { line, field: 'tree_sizes' })
  }
}
