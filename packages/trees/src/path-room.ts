import type { Forest } from './forest.js'

/** Elements of the paths down to a leaf: of 28 bytes each, so that they take at most half a gigabyte. */
export const MOST_PLACES = 2 ** 24

/** The depth of the deepest tree, and the elements that the paths down to it may have together. */
export interface Room {
  depth: number
  path: number
}

/** What the paths of a forest need. */
export function roomOf({ numNodes, children, columns }: Forest): Room {
  const level = new Int32Array(numNodes)
  let depth = 0
  for (let node = 0; node < numNodes; node++) {
    const below = (level[node] as number) + 1
    depth = Math.max(depth, below)
    for (const child of [children[2 * node] as number, children[2 * node + 1] as number]) {
      if (child < numNodes) level[child] = below
    }
  }
  const features = new Set(columns.feature).size
  let path = 0
  for (let at = 0; at <= depth; at++) path += Math.min(at, features) + 1
  return { depth, path: path + features + 1 }
}
