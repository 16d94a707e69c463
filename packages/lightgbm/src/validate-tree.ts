import { findShapeProblem, TREATMENT } from '@taskclf/trees'
import type { Field } from './line-reader.js'
import { fieldError } from './read-numbers.js'
import type { ParsedTree, TreeFields } from './tree.js'

/** Checks what single fields cannot show: that the children form one tree, and that category splits point at category sets. */
export function validateTree(tree: ParsedTree, fields: TreeFields): void {
  if (tree.feature.length === 0) return
  checkShape(tree, fields)
  checkCategories(tree, fields.required('threshold'))
}

function checkShape({ left, right }: ParsedTree, fields: TreeFields): void {
  const problem = findShapeProblem(left, right)
  if (problem === undefined) return
  if (problem.kind === 'two_parents') {
    const field = fields.required(problem.side === 'left' ? 'left_child' : 'right_child')
    throw fieldError('bad_tree_structure', field, describeTwice(problem.child, problem.node))
  }
  const message = `${problem.nodes} of ${left.length} nodes cannot be reached from the root: they form a cycle; the file is damaged`
  throw fieldError('bad_tree_structure', fields.required('left_child'), message)
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

function checkCategories(tree: ParsedTree, field: Field): void {
  const numCat = tree.setStart.length - 1
  for (let node = 0; node < tree.feature.length; node++) {
    if (tree.treatment[node] !== TREATMENT.category) continue
    const set = tree.threshold[node] as number
    if (Number.isInteger(set) && set >= 0 && set < numCat) continue
    const message = `node ${node} names category set ${set} of ${numCat}; the file is damaged`
    throw fieldError('index_out_of_range', field, message)
  }
}
