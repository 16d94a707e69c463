import type { Forest } from './forest.js'
import { MIXED_TOGETHER, NUMERIC_TOGETHER } from './walk-order.js'

/**
 * Prepares the walk of one row, given as column values, down all trees; it writes the leaf of each tree.
 *
 * Several trees go down in step, so that the processor works on the others while each waits for its memory; a tree that has
 * reached its leaf stays there, as a leaf's children are the leaf. Trees of like depth go together.
 * `Number(comparison)` picks a child without a branch, which nobody could foresee; `? 1 : 0` would be compiled to one.
 */
export function createWalk(forest: Forest, values: Float64Array, leaves: Int32Array): () => void {
  const { numeric, mixed } = forest.order
  return () => {
    if (numeric.length > 0) walkNumeric(forest, numeric, values, leaves)
    if (mixed.length > 0) walkMixed(forest, mixed, values, leaves)
  }
}

function walkNumeric(forest: Forest, trees: Int32Array, values: Float64Array, leaves: Int32Array): void {
  const { numNodes, root, column, threshold, children } = forest
  const next = (node: number): number => {
    const left = Number((values[column[node] as number] as number) <= (threshold[node] as number))
    return children[2 * node + left] as number
  }
  for (let i = 0; i < trees.length; i += NUMERIC_TOGETHER) {
    let a = root[trees[i] as number] as number
    let b = root[trees[i + 1] as number] as number
    let c = root[trees[i + 2] as number] as number
    let d = root[trees[i + 3] as number] as number
    let e = root[trees[i + 4] as number] as number
    let f = root[trees[i + 5] as number] as number
    let g = root[trees[i + 6] as number] as number
    let h = root[trees[i + 7] as number] as number
    // Below zero as long as one of them is a node.
    while (
      ((a - numNodes) |
        (b - numNodes) |
        (c - numNodes) |
        (d - numNodes) |
        (e - numNodes) |
        (f - numNodes) |
        (g - numNodes) |
        (h - numNodes)) <
      0
    ) {
      a = next(a)
      b = next(b)
      c = next(c)
      d = next(d)
      e = next(e)
      f = next(f)
      g = next(g)
      h = next(h)
    }
    leaves[trees[i] as number] = a - numNodes
    leaves[trees[i + 1] as number] = b - numNodes
    leaves[trees[i + 2] as number] = c - numNodes
    leaves[trees[i + 3] as number] = d - numNodes
    leaves[trees[i + 4] as number] = e - numNodes
    leaves[trees[i + 5] as number] = f - numNodes
    leaves[trees[i + 6] as number] = g - numNodes
    leaves[trees[i + 7] as number] = h - numNodes
  }
}

/** The same with nodes of both kinds; kept apart because numeric trees should not ask each node for its kind. */
function walkMixed(forest: Forest, trees: Int32Array, values: Float64Array, leaves: Int32Array): void {
  const { numNodes, root, column, threshold, children, firstWord, wordCount, words } = forest
  const next = (node: number): number => {
    const value = values[column[node] as number] as number
    const count = wordCount[node] as number
    const left =
      count === 0
        ? Number(value <= (threshold[node] as number))
        : categoryBit(words, firstWord[node] as number, count, value)
    return children[2 * node + left] as number
  }
  for (let i = 0; i < trees.length; i += MIXED_TOGETHER) {
    let a = root[trees[i] as number] as number
    let b = root[trees[i + 1] as number] as number
    let c = root[trees[i + 2] as number] as number
    let d = root[trees[i + 3] as number] as number
    while (((a - numNodes) | (b - numNodes) | (c - numNodes) | (d - numNodes)) < 0) {
      a = next(a)
      b = next(b)
      c = next(c)
      d = next(d)
    }
    leaves[trees[i] as number] = a - numNodes
    leaves[trees[i + 1] as number] = b - numNodes
    leaves[trees[i + 2] as number] = c - numNodes
    leaves[trees[i + 3] as number] = d - numNodes
  }
}

/** 1 when the set at words[first … first + count) holds a category. -1, which is in no set, is beyond every word. */
export function categoryBit(words: Uint32Array, first: number, count: number, category: number): number {
  const word = category >>> 5
  return word < count ? ((words[first + word] as number) >>> (category & 31)) & 1 : 0
}
