import { type Columns, categoryValue, numericValue } from './columns.js'
import type { Forest } from './forest.js'
import { createWalk } from './walk-trees.js'

/** Walks single rows. Its arrays are made once; a row allocates nothing. */
export interface RowWalker {
  /** Writes the row's raw scores to out[at] …. */
  readonly writeScores: (row: ArrayLike<number>, from: number, out: Float64Array, at: number) => void
  /** Writes the row's leaf in each tree. */
  readonly writeLeaves: (row: ArrayLike<number>, from: number, out: Int32Array, at: number) => void
}

/** Prepares a forest for single rows. */
export function createRowWalker(forest: Forest): RowWalker {
  const values = new Float64Array(forest.columns.count)
  const fill = createRowFiller(forest.columns, values)
  const leaves = new Int32Array(forest.numTrees)
  const walk = createWalk(forest, values, leaves)
  const { numTrees, treesPerIteration, firstLeaf } = forest
  const sumOf = forest.linear === undefined ? plainSum : linearSum
  return {
    writeScores(row, from, out, at) {
      fill(row, from)
      walk()
      for (let output = 0; output < treesPerIteration; output++) {
        out[at + output] = sumOf(forest, output, leaves, values)
      }
    },
    writeLeaves(row, from, out, at) {
      fill(row, from)
      walk()
      for (let tree = 0; tree < numTrees; tree++)
        out[at + tree] = (leaves[tree] as number) - (firstLeaf[tree] as number)
    },
  }
}

/** Sum of one class's leaves in the order of the file, from 0. */
function plainSum(
  { numTrees, treesPerIteration, leafValue }: Forest,
  output: number,
  leaves: Int32Array,
): number {
  let sum = 0
  for (let tree = output; tree < numTrees; tree += treesPerIteration) {
    sum += leafValue[leaves[tree] as number] as number
  }
  return sum
}

function linearSum(forest: Forest, output: number, leaves: Int32Array, values: Float64Array): number {
  let sum = 0
  for (let tree = output; tree < forest.numTrees; tree += forest.treesPerIteration) {
    sum += linearOutput(forest, leaves[tree] as number, values, 1, 0)
  }
  return sum
}

/** A linear leaf's value, of the row at `offset` in columns that are `stride` apart. */
export function linearOutput(
  forest: Forest,
  leaf: number,
  values: Float64Array,
  stride: number,
  offset: number,
): number {
  const plain = forest.leafValue[leaf] as number
  const { linear } = forest
  if (linear === undefined || linear.isLinear[leaf] === 0) return plain
  let output = linear.constants[leaf] as number
  const end = linear.starts[leaf + 1] as number
  for (let term = linear.starts[leaf] as number; term < end; term++) {
    const value = values[(linear.columns[term] as number) * stride + offset] as number
    if (Number.isNaN(value)) return plain
    output += (linear.coefficients[term] as number) * value
  }
  return output
}

function createRowFiller(
  { count, feature, zero, missing, category }: Columns,
  values: Float64Array,
): (row: ArrayLike<number>, from: number) => void {
  return (row, from) => {
    for (let column = 0; column < count; column++) {
      const value = row[from + (feature[column] as number)] as number
      values[column] =
        category[column] === 1
          ? categoryValue(value)
          : numericValue(value, zero[column] as number, missing[column] as number)
    }
  }
}
