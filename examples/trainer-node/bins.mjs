/**
 * Sorts every feature's values into at most `maxBin` bins, so that a split is looked for among bins and not among values.
 * A number's bins end at `edges` (a value goes to the first edge it does not exceed; above all edges is one more), then
 * comes the bin of the missing. A category's bins are its codes.
 */
export function makeBins(data, maxBin) {
  const features = data.isCategory.map((isCategory, feature) => {
    const column = Float64Array.from(
      { length: data.height },
      (_, row) => data.values[row * data.width + feature],
    )
    return isCategory ? binCategories(column) : binNumbers(column, maxBin)
  })
  let total = 0
  for (const feature of features) {
    feature.first = total
    total += feature.count
  }
  return { features, total }
}

function binCategories(column) {
  const count = 1 + column.reduce((most, code) => Math.max(most, code), 0)
  return { isCategory: true, count, bins: Uint32Array.from(column) }
}

function binNumbers(column, maxBin) {
  const present = column.filter((value) => !Number.isNaN(value)).sort()
  const edges = edgesOf(present, maxBin)
  const missing = edges.length + 1
  const bins = Uint32Array.from(column, (value) => (Number.isNaN(value) ? missing : binOf(edges, value)))
  return { isCategory: false, count: missing + 1, bins, edges, missing }
}

/** Half way between neighbours; between all of them if there is room, else so that bins hold about as many rows. */
function edgesOf(sorted, maxBin) {
  const edges = []
  const distinct = new Set(sorted).size
  const rowsPerBin = distinct <= maxBin ? 0 : sorted.length / maxBin
  let from = 0
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] === sorted[i - 1] || i - from < rowsPerBin) continue
    edges.push(between(sorted[i - 1], sorted[i]))
    from = i
  }
  return Float64Array.from(edges)
}

/** At least `low` and below `high`, whatever rounding does. */
function between(low, high) {
  const middle = low + (high - low) / 2
  return middle < high ? middle : low
}

function binOf(edges, value) {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value <= edges[middle]) high = middle
    else low = middle + 1
  }
  return low
}
