/** Why children do not form one tree. */
export type ShapeProblem =
  | {
      /** A node or leaf that has two parents, or the root as a child. */
      readonly kind: 'two_parents'
      /** Which list of children names it. */
      readonly side: 'left' | 'right'
      /** Of which node. */
      readonly node: number
      /** The child: a node, or `~leaf`. */
      readonly child: number
    }
  | {
      /** Nodes that the root does not lead to: they form a cycle. */
      readonly kind: 'unreached'
      readonly nodes: number
    }

/**
 * Looks for what keeps children from forming one tree of which each node but the root, and each leaf, is the child of exactly one node.
 * Children must be in range: from -(n + 1) to n - 1 for n nodes.
 *
 * @returns undefined for a tree.
 * @example
 * ```ts
 * findShapeProblem(Int32Array.of(0), Int32Array.of(-1)) // node 0 is its own child
 * ```
 */
export function findShapeProblem(left: Int32Array, right: Int32Array): ShapeProblem | undefined {
  const nodes = left.length
  if (nodes === 0) return undefined
  const seen = new Uint8Array(2 * nodes + 1)
  seen[0] = 1
  for (const side of ['left', 'right'] as const) {
    const children = side === 'left' ? left : right
    for (let node = 0; node < nodes; node++) {
      const child = children[node] as number
      const slot = child >= 0 ? child : nodes + ~child
      if (seen[slot] === 1) return { kind: 'two_parents', side, node, child }
      seen[slot] = 1
    }
  }
  const reached = countReached(left, right)
  return reached === nodes ? undefined : { kind: 'unreached', nodes: nodes - reached }
}

/** With one parent each, a node out of the root's reach is on a cycle. */
function countReached(left: Int32Array, right: Int32Array): number {
  const pending = new Int32Array(left.length)
  let height = 1
  let reached = 0
  while (height > 0) {
    height -= 1
    const node = pending[height] as number
    reached += 1
    for (const child of [left[node] as number, right[node] as number]) {
      if (child < 0) continue
      pending[height] = child
      height += 1
    }
  }
  return reached
}
