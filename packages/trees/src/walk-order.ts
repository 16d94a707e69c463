import type { Forest, WalkOrder } from './forest.js'

/** Trees that go down together; more of the mixed ones would need more registers than there are. */
export const NUMERIC_TOGETHER = 8
export const MIXED_TOGETHER = 4

type Ordered = Pick<Forest, 'numTrees' | 'numNodes' | 'firstNode' | 'children' | 'hasCategories'>

/** Puts trees of like depth together, each kind in groups of its size. */
export function orderTrees(forest: Ordered): WalkOrder {
  const depths = depthsOf(forest)
  const byDepth = Array.from(depths.keys()).sort(
    (a, b) => (depths[a] as number) - (depths[b] as number) || a - b,
  )
  const ofKind = (kind: number) => byDepth.filter((tree) => forest.hasCategories[tree] === kind)
  return { numeric: inGroups(ofKind(0), NUMERIC_TOGETHER), mixed: inGroups(ofKind(1), MIXED_TOGETHER) }
}

/** The last group is filled up with the last tree: walked twice, it comes to the same leaf. */
function inGroups(trees: readonly number[], size: number): Int32Array {
  const length = Math.ceil(trees.length / size) * size
  return Int32Array.from({ length }, (_, i) => trees[Math.min(i, trees.length - 1)] as number)
}

/** The longest way to a leaf of each tree. */
function depthsOf(forest: Ordered): Int32Array {
  const { numTrees, numNodes, firstNode, children } = forest
  const depths = new Int32Array(numTrees)
  const level = new Int32Array(numNodes)
  for (let tree = 0; tree < numTrees; tree++) {
    for (let node = firstNode[tree] as number; node < (firstNode[tree + 1] as number); node++) {
      const below = (level[node] as number) + 1
      depths[tree] = Math.max(depths[tree] as number, below)
      for (const child of [children[2 * node] as number, children[2 * node + 1] as number]) {
        if (child < numNodes) level[child] = below
      }
    }
  }
  return depths
}
