import { createRowFiller } from './columns-of-row.js'
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
  const { numTrees, outputs, firstLeaf } = forest
  const trees = treesOf(forest)
  const sumOf = sumFor(forest)
  return {
    writeScores(row, from, out, at) {
      fill(row, from)
      walk()
      for (let output = 0; output < outputs; output++) {
        out[at + output] = sumOf(forest, output, trees[output] as Int32Array, leaves, values)
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

function sumFor({ float32Sums, linear, output, outputs }: Forest): typeof linearSum {
  if (float32Sums) return float32Sum
  if (linear !== undefined) return linearSum
  return output.every((of, tree) => of === tree % outputs) ? plainSumInTurn : plainSum
}

/** The trees of each sum, in their order. */
function treesOf({ outputs, output }: Forest): readonly Int32Array[] {
  const all = Int32Array.from(output.keys())
  return Array.from({ length: outputs }, (_, of) => all.filter((tree) => output[tree] === of))
}

/** The leaves of one sum, added in the order of its trees. */
function plainSum(
  { start, leafValue }: Forest,
  output: number,
  trees: Int32Array,
  leaves: Int32Array,
): number {
  let sum = start[output] as number
  for (const tree of trees) sum += leafValue[leaves[tree] as number] as number
  return sum
}

/** The same where the trees take turns, which saves looking them up. */
function plainSumInTurn(forest: Forest, output: number, _: Int32Array, leaves: Int32Array): number {
  const { start, leafValue, numTrees, outputs } = forest
  let sum = start[output] as number
  for (let tree = output; tree < numTrees; tree += outputs) sum += leafValue[leaves[tree] as number] as number
  return sum
}

function float32Sum(
  forest: Forest,
  output: number,
  trees: Int32Array,
  leaves: Int32Array,
  values: Float64Array,
): number {
  let sum = forest.start[output] as number
  for (const tree of trees) {
    sum = Math.fround(sum + linearOutput(forest, leaves[tree] as number, values, 1, 0))
  }
  return sum
}

function linearSum(
  forest: Forest,
  output: number,
  trees: Int32Array,
  leaves: Int32Array,
  values: Float64Array,
): number {
  let sum = forest.start[output] as number
  for (const tree of trees) sum += linearOutput(forest, leaves[tree] as number, values, 1, 0)
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
