import { LightgbmError } from './errors.js'
import { type LineReader, utf8Length } from './line-reader.js'
import type { Header } from './parse-header.js'
import { parseTree } from './parse-tree.js'
import { fieldError } from './read-numbers.js'
import type { ParsedTree } from './tree.js'

/** The line below the last tree. */
export const END_OF_TREES = 'end of trees'

/** Reads all tree blocks up to `end of trees`, holding each to the byte count in `tree_sizes`. */
export function parseTrees(reader: LineReader, header: Header): ParsedTree[] {
  const trees: ParsedTree[] = []
  const sizes = new SizeCheck(header)
  while (reader.next()) {
    if (reader.isBlank()) continue
    if (reader.is(END_OF_TREES)) {
      sizes.atEnd(reader, trees.length)
      checkIterations(trees, header)
      return trees
    }
    checkTreeLine(reader, trees.length)
    sizes.atTree(reader, trees.length)
    trees.push(parseTree(reader, trees.length, header.numFeatures))
  }
  const message = `the file ends without \`${END_OF_TREES}\`; copy it again from where it was trained`
  throw new LightgbmError('truncated', message, { line: reader.line, field: END_OF_TREES })
}

function checkTreeLine(reader: LineReader, index: number): void {
  if (reader.is(`Tree=${index}`)) return
  const tree = reader.startsWith('Tree=')
  const message = `${reader.excerpt()} is where Tree=${index} or \`${END_OF_TREES}\` belongs; the file is damaged`
  const field = tree ? `Tree=${index}` : (reader.field()?.name ?? `Tree=${index}`)
  throw new LightgbmError(tree ? 'bad_tree_order' : 'unexpected_line', message, { line: reader.line, field })
}

function checkIterations(trees: readonly ParsedTree[], header: Header): void {
  const perIteration = header.treesPerIteration
  if (trees.length === 0) {
    const message = 'the model has not a single tree: its training ended before the first; train it again'
    throw new LightgbmError('empty_forest', message, {
      field: END_OF_TREES,
      line: header.treesPerIterationField.line,
    })
  }
  if (trees.length % perIteration === 0) return
  const message = `${trees.length} trees are not a whole number of iterations of ${perIteration}; the file is damaged`
  throw fieldError('bad_count', header.treesPerIterationField, message)
}

/** Compares where each block begins with where tree_sizes says it does; without tree_sizes there is nothing to compare. */
class SizeCheck {
  private readonly header: Header
  private checkedTo = -1
  private offset = 0
  private expected = 0

  constructor(header: Header) {
    this.header = header
  }

  atTree(reader: LineReader, index: number): void {
    const { treeSizes } = this.header
    if (treeSizes === undefined) return
    this.checkOffset(reader, `Tree=${index}`)
    if (index >= treeSizes.length)
      throw this.mismatch(`it lists ${treeSizes.length} trees, but line ${reader.line} begins one more`)
    this.expected += treeSizes[index] as number
  }

  atEnd(reader: LineReader, trees: number): void {
    const { treeSizes } = this.header
    if (treeSizes === undefined) return
    this.checkOffset(reader, END_OF_TREES)
    if (trees !== treeSizes.length)
      throw this.mismatch(`it lists ${treeSizes.length} trees, but the file has ${trees}`)
  }

  private checkOffset(reader: LineReader, what: string): void {
    this.offset += this.checkedTo < 0 ? 0 : utf8Length(reader.text, this.checkedTo, reader.start)
    this.checkedTo = reader.start
    if (this.offset === this.expected) return
    throw this.mismatch(
      `${what} (line ${reader.line}) begins at byte ${this.offset} of the trees, not ${this.expected}`,
    )
  }

  private mismatch(message: string): LightgbmError {
    const line = this.header.treeSizesField?.line
    const text = `${message}; the file was edited or damaged`
    return new LightgbmError('tree_size_mismatch', text, { line, field: 'tree_sizes' })
  }
}
