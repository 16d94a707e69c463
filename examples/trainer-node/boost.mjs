import { makeBins } from './bins.mjs'
import { growTree } from './grow-tree.mjs'
import { softmax, treeValue } from './predict.mjs'
import { createRandom } from './random.mjs'

/**
 * Gradient boosting with a softmax: each round grows one tree a class on what the rounds before got wrong. Yields the
 * rounds that `done` (the trees of earlier rounds) lacks. Randomness follows from seed and round, and scores are the
 * trees' sums in their order, so that going on from `done` gives bit for bit what one go gives.
 */
export function* boost(data, classCount, { seed, params }, done) {
  const bins = makeBins(data, params.max_bin)
  const priors = priorScores(data.classes, classCount)
  const scores = new Float64Array(data.height * classCount)
  const addTrees = (trees) => {
    for (const [i, tree] of trees.entries()) addTree(scores, tree, data, i % classCount, classCount)
  }
  addTrees(done)
  for (let round = 1 + done.length / classCount; round <= params.num_rounds; round++) {
    const random = createRandom(seed, round)
    const { rows, features } = sample(data, params, random)
    const from = round === 1 ? scores.map((_, i) => priors[i % classCount]) : scores
    const { gradients, hessians } = derivatives(from, data.classes, classCount)
    const grown = gradients.map((gradient, k) => {
      const tree = growTree(bins, features, rows, gradient, hessians[k], params)
      return round === 1 ? raise(tree, priors[k]) : tree
    })
    addTrees(grown)
    yield { round, grown, logLoss: logLossOf(scores, data.classes, classCount) }
  }
}

function priorScores(classes, classCount) {
  const counts = new Float64Array(classCount)
  for (const label of classes) counts[label] += 1
  return counts.map((count) => Math.log(count / classes.length))
}

/** The first trees carry the priors: a model file has no other place for them. */
function raise(tree, prior) {
  return {
    ...tree,
    shrinkage: 1,
    nodes: tree.nodes.map((node) => ({ ...node, value: prior + node.value })),
    leaves: tree.leaves.map((leaf) => ({ ...leaf, value: prior + leaf.value })),
  }
}

function sample(data, params, random) {
  const rows = Uint32Array.from({ length: data.height }, (_, row) => row)
  const features = data.isCategory.map((_, feature) => feature)
  const some = (items, share) => (share === 1 ? items : items.filter(() => random() < share))
  const drawn = {
    rows: some(rows, params.bagging_fraction),
    features: some(features, params.feature_fraction),
  }
  return drawn.features.length > 0 ? drawn : { ...drawn, features }
}

/** Of the log loss by the scores, for each class; the hessian with LightGBM's factor of k / (k - 1). */
function derivatives(scores, classes, classCount) {
  const perClass = () => Array.from({ length: classCount }, () => new Float64Array(classes.length))
  const gradients = perClass()
  const hessians = perClass()
  const factor = classCount / (classCount - 1)
  classes.forEach((label, row) => {
    softmax(scores.subarray(row * classCount, (row + 1) * classCount)).forEach((p, k) => {
      gradients[k][row] = p - (k === label ? 1 : 0)
      hessians[k][row] = factor * p * (1 - p)
    })
  })
  return { gradients, hessians }
}

function addTree(scores, tree, data, k, classCount) {
  for (let row = 0; row < data.height; row++) scores[row * classCount + k] += treeValue(tree, data, row)
}

function logLossOf(scores, classes, classCount) {
  let sum = 0
  classes.forEach((label, row) => {
    sum -= Math.log(
      Math.max(softmax(scores.subarray(row * classCount, (row + 1) * classCount))[label], 1e-300),
    )
  })
  return sum / classes.length
}
