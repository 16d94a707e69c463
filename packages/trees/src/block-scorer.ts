import { numericValue, otherValue } from './column-values.js'
import { divideByCategory, divideByThreshold } from './divide-rows.js'
import type { Forest } from './forest.js'
import { linearOutput } from './row-walker.js'
import { COLUMN_KIND } from './treatments.js'

/** Adds the leaves of rows[first … first + count) to out, which must have what the sums begin with. */
export type BlockScorer = (
  rows: Float64Array,
  width: number,
  first: number,
  count: number,
  out: Float64Array,
) => void

/** Columns of a block take at most this many numbers: half a megabyte stays in a core's own cache. */
const BLOCK_NUMBERS = 65536
const MOST_ROWS = 1024
const FEWEST_ROWS = 16

/** How many rows one block holds; 0 when the model reads so many columns that rows are better walked one by one. */
export function blockRows(forest: Forest): number {
  const rows = Math.min(MOST_ROWS, Math.floor(BLOCK_NUMBERS / Math.max(1, forest.columns.count)))
  return rows < FEWEST_ROWS ? 0 : rows
}

/**
 * Prepares a forest for blocks of rows. Instead of taking each row down a tree, each node divides the rows that reach it:
 * threshold and column do not change, the rows come in a stream, and no step waits for the one before it.
 * A node reads its rows from one buffer and writes them into the other, those for the left from the front, those for the
 * right from the back, so that its children find theirs side by side; nodes come parents first, so no stack is needed.
 */
export function createBlockScorer(forest: Forest): BlockScorer {
  const size = blockRows(forest)
  const values = new Float64Array(forest.columns.count * size)
  const widest = widestTree(forest)
  const work: Work = {
    values,
    size,
    all: Int32Array.from({ length: size }, (_, row) => row),
    even: new Int32Array(size),
    odd: new Int32Array(size),
    begin: new Int32Array(widest),
    end: new Int32Array(widest),
    level: new Int32Array(widest),
  }
  return (rows, width, first, count, out) => {
    fillColumns(forest, rows, width, first, count, values, size)
    const base = first * forest.outputs
    for (let tree = 0; tree < forest.numTrees; tree++) {
      addTree(forest, tree, count, out, base + (forest.output[tree] as number), work)
    }
  }
}

interface Work {
  readonly values: Float64Array
  readonly size: number
  readonly all: Int32Array
  readonly even: Int32Array
  readonly odd: Int32Array
  /** Rows of each node of the tree at hand: their range in the buffer that `level` names. */
  readonly begin: Int32Array
  readonly end: Int32Array
  readonly level: Int32Array
}

function widestTree(forest: Forest): number {
  let widest = 1
  for (let tree = 0; tree < forest.numTrees; tree++) {
    widest = Math.max(widest, (forest.firstNode[tree + 1] as number) - (forest.firstNode[tree] as number))
  }
  return widest
}

function fillColumns(
  forest: Forest,
  rows: Float64Array,
  width: number,
  first: number,
  count: number,
  values: Float64Array,
  size: number,
): void {
  const { columns } = forest
  for (let column = 0; column < columns.count; column++) {
    const kind = columns.kind[column] as number
    const zero = columns.zero[column] as number
    const missing = columns.missing[column] as number
    const to = column * size
    let from = first * width + (columns.feature[column] as number)
    for (let row = 0; row < count; row++) {
      const value = rows[from] as number
      values[to + row] =
        kind === COLUMN_KIND.number ? numericValue(value, zero, missing) : otherValue(value, kind, missing)
      from += width
    }
  }
}

function addTree(
  forest: Forest,
  tree: number,
  count: number,
  out: Float64Array,
  at: number,
  work: Work,
): void {
  const firstNode = forest.firstNode[tree] as number
  const lastNode = forest.firstNode[tree + 1] as number
  const { begin, end, level } = work
  if (firstNode === lastNode) {
    addLeaf(forest, (forest.root[tree] as number) - forest.numNodes, work.all, 0, count, out, at, work)
    return
  }
  begin[0] = 0
  end[0] = count
  level[0] = 0
  for (let node = firstNode; node < lastNode; node++) {
    const slot = node - firstNode
    const from = begin[slot] as number
    const to = end[slot] as number
    const depth = level[slot] as number
    const source = depth === 0 ? work.all : depth & 1 ? work.odd : work.even
    const target = depth & 1 ? work.even : work.odd
    const middle =
      forest.wordCount[node] === 0
        ? divideByThreshold(forest, node, source, target, from, to, work)
        : divideByCategory(forest, node, source, target, from, to, work)
    for (let side = 0; side < 2; side++) {
      const child = forest.children[2 * node + side] as number
      const childFrom = side === 1 ? from : middle
      const childTo = side === 1 ? middle : to
      if (child >= forest.numNodes) {
        addLeaf(forest, child - forest.numNodes, target, childFrom, childTo, out, at, work)
      } else {
        begin[child - firstNode] = childFrom
        end[child - firstNode] = childTo
        level[child - firstNode] = depth + 1
      }
    }
  }
}

function addLeaf(
  forest: Forest,
  leaf: number,
  source: Int32Array,
  from: number,
  to: number,
  out: Float64Array,
  at: number,
  work: Work,
): void {
  const width = forest.outputs
  if (forest.float32Sums) {
    for (let i = from; i < to; i++) {
      const row = source[i] as number
      const slot = at + row * width
      out[slot] = Math.fround((out[slot] as number) + linearOutput(forest, leaf, work.values, work.size, row))
    }
    return
  }
  if (forest.linear === undefined) {
    const value = forest.leafValue[leaf] as number
    for (let i = from; i < to; i++) {
      const slot = at + (source[i] as number) * width
      out[slot] = (out[slot] as number) + value
    }
    return
  }
  for (let i = from; i < to; i++) {
    const row = source[i] as number
    const slot = at + row * width
    out[slot] = (out[slot] as number) + linearOutput(forest, leaf, work.values, work.size, row)
  }
}
