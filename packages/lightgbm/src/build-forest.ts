import { ColumnPlan, treatmentOf } from './columns.js'
import { LightgbmError } from './errors.js'
import type { Forest, LinearForest } from './forest.js'
import type { ParsedTree } from './tree.js'
import { CATEGORICAL } from './validate-tree.js'
import { orderTrees } from './walk-order.js'

/** Joins the trees of a file, in their order. */
export function buildForest(trees: readonly ParsedTree[], treesPerIteration: number): Forest {
  checkSums(trees, treesPerIteration)
  const plan = new ColumnPlan()
  const nodes = trees.reduce((sum, tree) => sum + tree.splitFeature.length, 0)
  const leaves = trees.reduce((sum, tree) => sum + tree.numLeaves, 0)
  const forest = {
    numTrees: trees.length,
    numNodes: nodes,
    treesPerIteration,
    root: new Int32Array(trees.length),
    firstNode: new Int32Array(trees.length + 1),
    firstLeaf: new Int32Array(trees.length + 1),
    hasCategories: new Uint8Array(trees.length),
    column: new Int32Array(nodes + leaves),
    threshold: new Float64Array(nodes + leaves),
    children: new Int32Array(2 * (nodes + leaves)),
    firstWord: new Int32Array(nodes + leaves),
    wordCount: new Int32Array(nodes + leaves),
    words: new Uint32Array(trees.reduce((sum, tree) => sum + tree.catThreshold.length, 0)),
    leafValue: new Float64Array(leaves),
  }
  let words = 0
  trees.forEach((tree, index) => {
    addTree(forest, tree, index, words, plan)
    words += tree.catThreshold.length
  })
  const linear = buildLinear(trees, leaves, plan)
  return { ...forest, linear, columns: plan.columns(), order: orderTrees(forest) }
}

type Arrays = Omit<Forest, 'columns' | 'linear' | 'order'>

function addTree(forest: Arrays, tree: ParsedTree, index: number, words: number, plan: ColumnPlan): void {
  const nodes = tree.splitFeature.length
  const node0 = forest.firstNode[index] as number
  const leaf0 = forest.firstLeaf[index] as number
  forest.firstNode[index + 1] = node0 + nodes
  forest.firstLeaf[index + 1] = leaf0 + tree.numLeaves
  forest.leafValue.set(tree.leafValue, leaf0)
  forest.words.set(tree.catThreshold, words)
  forest.root[index] = nodes === 0 ? forest.numNodes + leaf0 : node0
  for (let leaf = forest.numNodes + leaf0; leaf < forest.numNodes + leaf0 + tree.numLeaves; leaf++) {
    forest.children.fill(leaf, 2 * leaf, 2 * leaf + 2)
  }
  const { order, position } = depthFirst(tree)
  const refer = (child: number): number =>
    child < 0 ? forest.numNodes + leaf0 + ~child : node0 + (position[child] as number)
  for (let i = 0; i < nodes; i++) {
    const from = order[i] as number
    const to = node0 + i
    const decisionType = tree.decisionType[from] as number
    const feature = tree.splitFeature[from] as number
    forest.children[2 * to] = refer(tree.rightChild[from] as number)
    forest.children[2 * to + 1] = refer(tree.leftChild[from] as number)
    if ((decisionType & CATEGORICAL) === 0) {
      forest.column[to] = plan.numberOf(feature, treatmentOf(decisionType))
      forest.threshold[to] = tree.threshold[from] as number
      continue
    }
    const set = tree.threshold[from] as number
    const begin = tree.catBoundaries[set] as number
    forest.hasCategories[index] = 1
    forest.column[to] = plan.numberOf(feature, 'category')
    forest.threshold[to] = Number.NaN // an empty set reads as a numeric node that never goes left
    forest.firstWord[to] = words + begin
    forest.wordCount[to] = (tree.catBoundaries[set + 1] as number) - begin
  }
}

/** Node numbers in the order they are to be stored, left subtree right after its parent, and where each one went. */
function depthFirst(tree: ParsedTree): { order: Int32Array; position: Int32Array } {
  const nodes = tree.splitFeature.length
  const order = new Int32Array(nodes)
  const position = new Int32Array(nodes)
  const pending = new Int32Array(nodes + 1)
  let height = nodes === 0 ? 0 : 1
  let count = 0
  while (height > 0) {
    height -= 1
    const node = pending[height] as number
    order[count] = node
    position[node] = count
    count += 1
    for (const child of [tree.rightChild[node] as number, tree.leftChild[node] as number]) {
      if (child < 0) continue
      pending[height] = child
      height += 1
    }
  }
  return { order, position }
}

function buildLinear(
  trees: readonly ParsedTree[],
  leaves: number,
  plan: ColumnPlan,
): LinearForest | undefined {
  if (trees.every((tree) => tree.linear === undefined)) return undefined
  const terms = trees.reduce((sum, tree) => sum + (tree.linear?.features.length ?? 0), 0)
  const linear = {
    isLinear: new Uint8Array(leaves),
    constants: new Float64Array(leaves),
    starts: new Int32Array(leaves + 1),
    columns: new Int32Array(terms),
    coefficients: new Float64Array(terms),
  }
  let leaf0 = 0
  let term0 = 0
  for (const { numLeaves, linear: model } of trees) {
    linear.starts.fill(term0, leaf0 + 1, leaf0 + numLeaves + 1)
    if (model !== undefined) {
      linear.isLinear.fill(1, leaf0, leaf0 + numLeaves)
      linear.constants.set(model.constants, leaf0)
      linear.coefficients.set(model.coefficients, term0)
      for (let i = 1; i <= numLeaves; i++) linear.starts[leaf0 + i] = term0 + (model.starts[i] as number)
      // `missing_right` keeps NaN, which is what sends a linear leaf back to its plain value.
      model.features.forEach((feature, i) => {
        linear.columns[term0 + i] = plan.numberOf(feature, 'missing_right')
      })
      term0 += model.features.length
    }
    leaf0 += numLeaves
  }
  return linear
}

/** A sum that overflows becomes Infinity and its probabilities NaN: no model LightGBM trained does that. */
function checkSums(trees: readonly ParsedTree[], treesPerIteration: number): void {
  const worst = new Float64Array(treesPerIteration)
  trees.forEach((tree, index) => {
    const greatest = tree.leafValue.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const sum = (worst[index % treesPerIteration] as number) + greatest
    worst[index % treesPerIteration] = sum
    if (Number.isFinite(sum)) return
    throw new LightgbmError('score_overflow', 'the leaf values add up to infinity; the file is damaged', {
      line: tree.line,
      field: `Tree=${index} leaf_value`,
    })
  })
}
