import { buildLinear } from './build-linear.js'
import { ColumnPlan } from './columns.js'
import { float32Below } from './float32-below.js'
import type { Forest } from './forest.js'
import type { ForestRules } from './forest-rules.js'
import { isOfCategories } from './treatments.js'
import type { Tree } from './tree.js'
import { orderTrees } from './walk-order.js'

/**
 * Compiles trees into one forest, in their order. What is checked is up to the reader, who knows where in its file a fault is:
 * `findShapeProblem` and `findOverflow` are for that.
 *
 * @example
 * ```ts
 * const forest = buildForest(trees, { outputs: 1, left: 'at_most', sums: 'float64' })
 * const scores = createScorer(forest, { numFeatures, refuse }).scoreRow(row)
 * ```
 */
export function buildForest(trees: readonly Tree[], rules: ForestRules): Forest {
  const plan = new ColumnPlan()
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0)
  const leaves = trees.reduce((sum, tree) => sum + tree.leafValue.length, 0)
  const knowsCover = trees.every(hasCover)
  const forest = {
    numTrees: trees.length,
    numNodes: nodes,
    outputs: rules.outputs,
    output: Int32Array.from(trees, (tree) => tree.output),
    start: Float64Array.from({ length: rules.outputs }, (_, output) => rules.start?.[output] ?? 0),
    float32Sums: rules.sums === 'float32',
    root: new Int32Array(trees.length),
    firstNode: new Int32Array(trees.length + 1),
    firstLeaf: new Int32Array(trees.length + 1),
    hasCategories: new Uint8Array(trees.length),
    column: new Int32Array(nodes + leaves),
    threshold: new Float64Array(nodes + leaves),
    children: new Int32Array(2 * (nodes + leaves)),
    firstWord: new Int32Array(nodes + leaves),
    wordCount: new Int32Array(nodes + leaves),
    words: new Uint32Array(trees.reduce((sum, tree) => sum + tree.setWords.length, 0)),
    leafValue: new Float64Array(leaves),
    cover: new Float64Array(knowsCover ? nodes + leaves : 0),
  }
  let words = 0
  trees.forEach((tree, index) => {
    addTree(forest, tree, index, words, plan)
    words += tree.setWords.length
  })
  const linear = buildLinear(trees, leaves, plan)
  const threshold = rules.left === 'below' ? forest.threshold.map(float32Below) : forest.threshold
  const cover = knowsCover ? forest.cover : undefined
  return { ...forest, cover, threshold, linear, columns: plan.columns(), order: orderTrees(forest) }
}

type Arrays = Omit<Forest, 'columns' | 'cover' | 'linear' | 'order'> & { readonly cover: Float64Array }

function addTree(forest: Arrays, tree: Tree, index: number, words: number, plan: ColumnPlan): void {
  const nodes = tree.feature.length
  const numLeaves = tree.leafValue.length
  const node0 = forest.firstNode[index] as number
  const leaf0 = forest.firstLeaf[index] as number
  forest.firstNode[index + 1] = node0 + nodes
  forest.firstLeaf[index + 1] = leaf0 + numLeaves
  forest.leafValue.set(tree.leafValue, leaf0)
  forest.words.set(tree.setWords, words)
  forest.root[index] = nodes === 0 ? forest.numNodes + leaf0 : node0
  for (let leaf = forest.numNodes + leaf0; leaf < forest.numNodes + leaf0 + numLeaves; leaf++) {
    forest.children.fill(leaf, 2 * leaf, 2 * leaf + 2)
  }
  const { order, position } = depthFirst(tree)
  const cover = forest.cover.length === 0 ? undefined : tree.cover
  if (cover !== undefined) forest.cover.set(cover.leaves, forest.numNodes + leaf0)
  const refer = (child: number): number =>
    child < 0 ? forest.numNodes + leaf0 + ~child : node0 + (position[child] as number)
  for (let i = 0; i < nodes; i++) {
    const from = order[i] as number
    const to = node0 + i
    const treatment = tree.treatment[from] as number
    if (cover !== undefined) forest.cover[to] = cover.nodes[from] as number
    forest.children[2 * to] = refer(tree.right[from] as number)
    forest.children[2 * to + 1] = refer(tree.left[from] as number)
    forest.column[to] = plan.numberOf(tree.feature[from] as number, treatment)
    forest.threshold[to] = tree.threshold[from] as number
    if (!isOfCategories(treatment)) continue
    const set = tree.threshold[from] as number
    const begin = tree.setStart[set] as number
    forest.hasCategories[index] = 1
    forest.threshold[to] = Number.NaN // an empty set reads as a numeric node that never goes left
    forest.firstWord[to] = words + begin
    forest.wordCount[to] = (tree.setStart[set + 1] as number) - begin
  }
}

/** A node that nothing came to has no shares to divide. A tree of one leaf needs none. */
function hasCover({ feature, cover }: Tree): boolean {
  if (feature.length === 0) return true
  return cover !== undefined && isPositive(cover.nodes) && isPositive(cover.leaves)
}

function isPositive(counts: ArrayLike<number>): boolean {
  return Array.prototype.every.call(counts, (count) => count > 0)
}

/** Node numbers in the order they are to be stored, left subtree right after its parent, and where each one went. */
function depthFirst(tree: Tree): { order: Int32Array; position: Int32Array } {
  const nodes = tree.feature.length
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
    for (const child of [tree.right[node] as number, tree.left[node] as number]) {
      if (child < 0) continue
      pending[height] = child
      height += 1
    }
  }
  return { order, position }
}
