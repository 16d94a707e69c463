import { createRowFiller } from './columns-of-row.js'
import type { Forest } from './forest.js'
import { MOST_PLACES, type Room, roomOf } from './path-room.js'
import { createRowChecks, type RowOptions } from './row-checks.js'
import { createPath, extendPath, placeOf, type ShapPath, unwindPath, unwoundSum } from './shap-path.js'
import { categoryBit } from './walk-trees.js'

/**
 * What each feature adds to a row's sums. Of each output there are numFeatures + 1 numbers, one output after another: the features in order,
 * and last what the forest answers when no feature is known. They add up to the output's sum.
 */
export interface Explainer {
  /** outputs × (numFeatures + 1) numbers. */
  readonly explainRow: (row: ArrayLike<number>, out?: Float64Array) => Float64Array
  /** `explainRow` for `rowCount` rows, one after another. */
  readonly explainRows: (rows: Float64Array, rowCount: number, out?: Float64Array) => Float64Array
}

/**
 * Prepares a forest for contributions: path-dependent Shapley values, in LightGBM's order of operations. The forest needs the `cover` of its
 * trees, and no linear leaves; else what `refuse` makes of `no_contributions` is thrown.
 *
 * @example
 * ```ts
 * const { explainRow } = createExplainer(forest, { numFeatures: 2, refuse })
 * const [byFirst, bySecond, expected] = explainRow([1, 2])
 * ```
 */
export function createExplainer(forest: Forest, options: RowOptions<'no_contributions'>): Explainer {
  const { numFeatures, refuse } = options
  if (forest.linear !== undefined) {
    throw refuse('no_contributions', 'linear leaves have no contributions; train without linear_tree')
  }
  const { cover } = forest
  if (cover === undefined) {
    const message =
      'the model does not say how many rows reached each node; save it again by the library that trained it'
    throw refuse('no_contributions', message)
  }
  const room = roomOf(forest)
  if (room.path > MOST_PLACES) {
    const message = `a tree is ${room.depth} nodes deep, and its paths would take too much memory; train with fewer leaves, or a max_depth`
    throw refuse('no_contributions', message)
  }
  const { checkRow, checkRows, floatsFor } = createRowChecks(options)
  const width = forest.outputs * (numFeatures + 1)
  const add = createContributions(forest, cover, room, numFeatures)
  return {
    explainRow: (row, out) => {
      checkRow(row)
      const result = floatsFor(out, width)
      result.fill(0, 0, width)
      add(row, 0, result, 0)
      return result
    },
    explainRows: (rows, rowCount, out) => {
      checkRows(rows, rowCount)
      const result = floatsFor(out, rowCount * width)
      result.fill(0, 0, rowCount * width)
      for (let row = 0; row < rowCount; row++) add(rows, row * numFeatures, result, row * width)
      return result
    },
  }
}

type AddContributions = (row: ArrayLike<number>, from: number, out: Float64Array, at: number) => void

function createContributions(
  forest: Forest,
  cover: Float64Array,
  room: Room,
  numFeatures: number,
): AddContributions {
  const { numTrees, numNodes, output, start, root } = forest
  const values = new Float64Array(forest.columns.count)
  const fill = createRowFiller(forest.columns, values)
  const expected = expectedValues(forest, cover)
  const walk = createShapWalk(forest, cover, values, room)
  return (row, from, out, at) => {
    fill(row, from)
    start.forEach((first, of) => {
      out[at + of * (numFeatures + 1) + numFeatures] = first
    })
    for (let tree = 0; tree < numTrees; tree++) {
      const phi = at + (output[tree] as number) * (numFeatures + 1)
      out[phi + numFeatures] = (out[phi + numFeatures] as number) + (expected[tree] as number)
      if ((root[tree] as number) < numNodes) walk(root[tree] as number, out, phi)
    }
  }
}

/** What each tree answers when nothing is known: its leaves, weighted by the share of rows that reached them. */
function expectedValues(forest: Forest, cover: Float64Array): Float64Array {
  const { numTrees, numNodes, root, firstLeaf, leafValue } = forest
  return Float64Array.from({ length: numTrees }, (_, tree) => {
    const first = firstLeaf[tree] as number
    if ((root[tree] as number) >= numNodes) return leafValue[first] as number
    const total = cover[root[tree] as number] as number
    let sum = 0
    for (let leaf = first; leaf < (firstLeaf[tree + 1] as number); leaf++) {
      sum += ((cover[numNodes + leaf] as number) / total) * (leafValue[leaf] as number)
    }
    return sum
  })
}

/** Goes down all branches of a tree, the one that the row takes first; without recursion, since a tree may be a long chain. */
function createShapWalk(forest: Forest, cover: Float64Array, values: Float64Array, size: Room) {
  const { numNodes, columns, column, threshold, children, firstWord, wordCount, words, leafValue } = forest
  const path = createPath(size.path)
  const share = sharesOf(forest, cover)
  // Branches to be gone down: where to, how long the path is there, whose path it extends, and by what.
  const node = new Int32Array(size.depth + 2)
  const depths = new Int32Array(size.depth + 2)
  const parent = new Int32Array(size.depth + 2)
  const zeros = new Float64Array(size.depth + 2)
  const ones = new Float64Array(size.depth + 2)
  const by = new Int32Array(size.depth + 2)
  let height = 0
  const push = (
    to: number,
    depth: number,
    base: number,
    zero: number,
    one: number,
    feature: number,
  ): void => {
    node[height] = to
    depths[height] = depth
    parent[height] = base
    zeros[height] = zero
    ones[height] = one
    by[height] = feature
    height += 1
  }
  const isLeft = (at: number): number => {
    const value = values[column[at] as number] as number
    const count = wordCount[at] as number
    if (count === 0) return Number(value <= (threshold[at] as number))
    return categoryBit(words, firstWord[at] as number, count, value)
  }
  return (root: number, out: Float64Array, phi: number): void => {
    push(root, 0, 0, 1, 1, -1)
    while (height > 0) {
      height -= 1
      const at = node[height] as number
      const from = parent[height] as number
      let depth = depths[height] as number
      const base = from + depth
      extendPath(
        path,
        from,
        base,
        depth,
        zeros[height] as number,
        ones[height] as number,
        by[height] as number,
      )
      if (at >= numNodes) {
        addLeaf(path, base, depth, leafValue[at - numNodes] as number, out, phi)
        continue
      }
      const feature = columns.feature[column[at] as number] as number
      let zero = 1
      let one = 1
      // A feature is on the path once: an earlier split on it is undone, and done again for this node.
      const seen = placeOf(path, base, depth, feature)
      if (seen >= 0) {
        zero = path.zero[base + seen] as number
        one = path.one[base + seen] as number
        unwindPath(path, base, depth, seen)
        depth -= 1
      }
      const left = isLeft(at)
      const hot = children[2 * at + left] as number
      const cold = children[2 * at + 1 - left] as number
      push(cold, depth + 1, base, (share[cold] as number) * zero, 0, feature)
      push(hot, depth + 1, base, (share[hot] as number) * zero, one, feature)
    }
  }
}

function addLeaf(
  path: ShapPath,
  base: number,
  depth: number,
  value: number,
  out: Float64Array,
  phi: number,
): void {
  for (let i = 1; i <= depth; i++) {
    const weight = unwoundSum(path, base, depth, i)
    const place = phi + (path.feature[base + i] as number)
    const change = weight * ((path.one[base + i] as number) - (path.zero[base + i] as number)) * value
    out[place] = (out[place] as number) + change
  }
}

/** The share of a node's rows that goes on to each of its children. */
function sharesOf({ numNodes, children }: Forest, cover: Float64Array): Float64Array {
  const share = new Float64Array(cover.length)
  for (let node = 0; node < numNodes; node++) {
    for (const child of [children[2 * node] as number, children[2 * node + 1] as number]) {
      share[child] = (cover[child] as number) / (cover[node] as number)
    }
  }
  return share
}
