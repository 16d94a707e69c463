import { LightgbmError } from './errors.js'
import { isTrailer } from './is-trailer.js'
import type { LineReader } from './line-reader.js'
import type { Header } from './parse-header.js'
import { parseTree } from './parse-tree.js'
import { fieldError } from './read-numbers.js'
import { SizeCheck } from './size-check.js'
import type { LookAtTree, ParsedTree, ParsedTrees } from './tree.js'

/** The line below the last tree. */
export const END_OF_TREES = 'end of trees'

/** Reads all tree blocks up to `end of trees`, comparing each with the byte count in `tree_sizes`. */
export function parseTrees(reader: LineReader, header: Header, look?: LookAtTree): ParsedTrees {
  const trees: ParsedTree[] = []
  const sizes = new SizeCheck(header, reader)
  let contentEnd = reader.start
  while (reader.next()) {
    if (reader.isBlank()) continue
    if (reader.is(END_OF_TREES)) {
      sizes.atEnd(END_OF_TREES, trees.length)
      checkIterations(trees, header)
      return { trees, end: reader.end }
    }
    if (header.isOld && isTrailer(reader)) break
    checkTreeLine(reader, trees.length)
    sizes.atTree(trees.length)
    trees.push(parseTree(reader, trees.length, header, look))
    contentEnd = reader.start
  }
  checkUnmarkedEnd(reader, header, trees.length)
  sizes.atUnmarkedEnd(contentEnd, trees.length)
  checkIterations(trees, header)
  return { trees, end: Math.min(reader.start, reader.text.length) - 1 }
}

/** Files before LightGBM 2.2 do not mark the end; then `tree_sizes`, or what they have below the trees, says that all are there. */
function checkUnmarkedEnd(reader: LineReader, header: Header, trees: number): void {
  const isWhole = reader.start === reader.text.length && header.treeSizes?.length === trees
  if (header.isOld && (isWhole || isTrailer(reader))) return
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
  if (trees.length === 0 && header.averageOutput) {
    const message = 'the mean of no trees is not a number: training ended before the first; train it again'
    throw new LightgbmError('empty_forest', message, {
      field: END_OF_TREES,
      line: header.treesPerIterationField.line,
    })
  }
  if (trees.length % perIteration === 0) return
  const message = `${trees.length} trees are not a whole number of iterations of ${perIteration}; the file is damaged`
  throw fieldError('bad_count', header.treesPerIterationField, message)
}
