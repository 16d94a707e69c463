import type { Field } from './line-reader.js'
import { fieldError } from './read-numbers.js'
import type { ParsedTree, TreeFields } from './tree.js'

/** Bit of decision_type that marks a categorical split. */
export const CATEGORICAL = 1

/** Checks what single fields cannot show: that the children form one tree, and that category splits point at category sets. */
export function validateTree(tree: ParsedTree, fields: TreeFields): void {
  if (tree.numLeaves === 1) return
  checkOneParentEach(tree, fields)
  checkReached(tree, fields)
  checkCategories(tree, fields.required('threshold'))
}

/** Every node but the root and every leaf is the child of exactly one node. */
function checkOneParentEach(tree: ParsedTree, fields: TreeFields): void {
  const nodes = tree.numLeaves - 1
  const seen = new Uint8Array(nodes + tree.numLeaves)
  seen[0] = 1
  const visit = (children: Int32Array, field: Field): void => {
    for (let node = 0; node < nodes; node++) {
      const child = children[node] as number
      const slot = child >= 0 ? child : nodes + ~child
      if (seen[slot] === 1) throw fieldError('bad_tree_structure', field, describeTwice(child, node))
      seen[slot] = 1
    }
  }
  visit(tree.leftChild, fields.required('left_child'))
  visit(tree.rightChild, fields.required('right_child'))
}

function describeTwice(child: number, node: number): string {
  const what =
    child === 0
      ? 'the root'
      : child > 0
        ? `node ${child}, which has another parent,`
        : `leaf ${~child}, which has another parent,`
  return `node ${node} has ${what} as a child; the file is damaged`
}

/** With one parent each, a node out of the root's reach is on a cycle. */
function checkReached(tree: ParsedTree, fields: TreeFields): void {
  const nodes = tree.numLeaves - 1
  const pending = new Int32Array(nodes)
  let height = 1
  let reached = 0
  while (height > 0) {
    height -= 1
    const node = pending[height] as number
    reached += 1
    for (const child of [tree.leftChild[node] as number, tree.rightChild[node] as number]) {
      if (child < 0) continue
      pending[height] = child
      height += 1
    }
  }
  if (reached === nodes) return
  const message = `${nodes - reached} of ${nodes} nodes cannot be reached from the root: they form a cycle; the file is damaged`
  throw fieldError('bad_tree_structure', fields.required('left_child'), message)
}

function checkCategories(tree: ParsedTree, field: Field): void {
  const numCat = tree.catBoundaries.length - 1
  for (let node = 0; node < tree.numLeaves - 1; node++) {
    if (((tree.decisionType[node] as number) & CATEGORICAL) === 0) continue
    const set = tree.threshold[node] as number
    if (Number.isInteger(set) && set >= 0 && set < numCat) continue
    const message = `node ${node} names category set ${set} of ${numCat}; the file is damaged`
    throw fieldError('index_out_of_range', field, message)
  }
}
