/** Sums of gradient and hessian, and the number of rows, in every bin of the features that may be split. */
export function buildHistogram(bins, chosen, rows, gradients, hessians) {
  const gradient = new Float64Array(bins.total)
  const hessian = new Float64Array(bins.total)
  const count = new Uint32Array(bins.total)
  for (const index of chosen) {
    const { first, bins: binOfRow } = bins.features[index]
    for (const row of rows) {
      const bin = first + binOfRow[row]
      gradient[bin] += gradients[row]
      hessian[bin] += hessians[row]
      count[bin] += 1
    }
  }
  return { gradient, hessian, count }
}

/** What the rows of a leaf add up to. */
export function sumRows(rows, gradients, hessians) {
  let gradient = 0
  let hessian = 0
  for (const row of rows) {
    gradient += gradients[row]
    hessian += hessians[row]
  }
  return { gradient, hessian, count: rows.length }
}
