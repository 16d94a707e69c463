/** Softmax of the trees' sums for every row: one list of probabilities each. */
export function predictAll(trees, classCount, data) {
  return Array.from({ length: data.height }, (_, row) => {
    const scores = new Float64Array(classCount)
    trees.forEach((tree, i) => {
      scores[i % classCount] += treeValue(tree, data, row)
    })
    return softmax(scores)
  })
}

/** What a tree answers for a row. */
export function treeValue(tree, { values, width }, row) {
  let at = tree.nodes.length === 0 ? ~0 : 0
  while (at >= 0) {
    const node = tree.nodes[at]
    const value = values[row * width + node.feature]
    at = goesLeft(node, value) ? node.left : node.right
  }
  return tree.leaves[~at].value
}

function goesLeft({ codes, threshold, isMissingLeft }, value) {
  if (codes !== undefined) return codes.includes(value)
  return Number.isNaN(value) ? isMissingLeft : value <= threshold
}

/** Scores to probabilities, shifted by the greatest so that nothing overflows. */
export function softmax(scores) {
  const greatest = scores.reduce((a, b) => Math.max(a, b))
  const weights = scores.map((score) => Math.exp(score - greatest))
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

/** The index of the greatest probability; of equal ones the first. */
export function mostLikely(probabilities) {
  return probabilities.indexOf(probabilities.reduce((a, b) => Math.max(a, b)))
}
