import { findBestSplit, leafValue } from './best-split.mjs'
import { buildHistogram, sumRows } from './histogram.mjs'

/**
 * Grows one tree, always splitting the leaf that gains most. Nodes and leaves are numbered as LightGBM numbers them: the
 * left child keeps its parent's leaf, the right one gets the next; `~leaf` stands for a leaf among the children.
 */
export function growTree(bins, chosen, rows, gradients, hessians, params) {
  const grow = { bins, chosen, gradients, hessians, params }
  const leaves = [makeLeaf(grow, rows)]
  const nodes = []
  while (leaves.length < params.num_leaves) {
    const at = mostGain(leaves)
    if (at < 0) break
    const { split, rows: parentRows, parent, ...total } = leaves[at]
    const [left, right] = divide(bins.features[split.index], split, parentRows)
    const node = { ...split, total, left: ~at, right: ~leaves.length }
    if (parent !== undefined) nodes[parent.node][parent.side] = nodes.length
    leaves[at] = { ...makeLeaf(grow, left), parent: { node: nodes.length, side: 'left' } }
    leaves.push({ ...makeLeaf(grow, right), parent: { node: nodes.length, side: 'right' } })
    nodes.push(node)
  }
  return finish(nodes, leaves, params)
}

function makeLeaf({ bins, chosen, gradients, hessians, params }, rows) {
  const total = sumRows(rows, gradients, hessians)
  if (total.count < 2 * params.min_data_in_leaf) return { ...total, rows, split: undefined }
  const histogram = buildHistogram(bins, chosen, rows, gradients, hessians)
  return { ...total, rows, split: findBestSplit(bins, chosen, histogram, total, params) }
}

function mostGain(leaves) {
  let best = -1
  leaves.forEach(({ split }, at) => {
    if (split !== undefined && (best < 0 || split.gain > leaves[best].split.gain)) best = at
  })
  return best
}

function divide({ isCategory, bins, missing }, { codes, bin, isMissingLeft }, rows) {
  const members = new Set(codes)
  const goesLeft = isCategory
    ? (row) => members.has(bins[row])
    : (row) => (bins[row] === missing ? isMissingLeft : bins[row] <= bin)
  return [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))]
}

/** Plain data, so that a checkpoint can hold it. */
function finish(nodes, leaves, params) {
  const rate = params.learning_rate
  const describe = (sums) => ({
    value: rate * leafValue(sums, params),
    weight: sums.hessian,
    count: sums.count,
  })
  return {
    shrinkage: rate,
    nodes: nodes.map(({ index, gain, threshold, isMissingLeft, codes, left, right, total }) => ({
      ...(codes === undefined ? { threshold, isMissingLeft } : { codes }),
      ...describe(total),
      feature: index,
      gain,
      left,
      right,
    })),
    leaves: leaves.map(describe),
  }
}
