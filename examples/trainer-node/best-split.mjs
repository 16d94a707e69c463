/** Steadies the order of rare categories. */
const CATEGORY_SMOOTHING = 10
const LEAST_HESSIAN = 1e-3
const LEAST_GAIN = 1e-9

/** The split of a leaf that gains most, or undefined. Equal gains: the first feature, the first place. */
export function findBestSplit(bins, chosen, histogram, total, params) {
  let best
  for (const index of chosen) {
    const find = bins.features[index].isCategory ? splitCategories : splitNumbers
    const found = find(bins.features[index], histogram, total, params)
    if (found.gain > (best?.gain ?? LEAST_GAIN)) best = { ...found, index }
  }
  return best
}

/** Newton's step for a leaf. */
export function leafValue({ gradient, hessian }, { lambda_l2: lambda }) {
  return -gradient / (hessian + lambda)
}

const quality = (gradient, hessian, lambda) => (gradient * gradient) / (hessian + lambda)

function gainOf(left, total, { lambda_l2: lambda, min_data_in_leaf: least }) {
  const rest = total.hessian - left.hessian
  if (left.count < least || total.count - left.count < least) return 0
  if (left.hessian < LEAST_HESSIAN || rest < LEAST_HESSIAN) return 0
  return (
    quality(left.gradient, left.hessian, lambda) +
    quality(total.gradient - left.gradient, rest, lambda) -
    quality(total.gradient, total.hessian, lambda)
  )
}

const nothing = () => ({ gradient: 0, hessian: 0, count: 0 })

function add(sum, histogram, bin) {
  sum.gradient += histogram.gradient[bin]
  sum.hessian += histogram.hessian[bin]
  sum.count += histogram.count[bin]
}

/** Each edge, once with the missing on the right and once on the left. */
function splitNumbers({ first, edges, missing }, histogram, total, params) {
  const best = { gain: 0 }
  const absent = nothing()
  add(absent, histogram, first + missing)
  const starts = absent.count === 0 ? [nothing()] : [nothing(), absent]
  starts.forEach((left, isMissingLeft) => {
    for (let bin = 0; bin < edges.length; bin++) {
      add(left, histogram, first + bin)
      const gain = gainOf(left, total, params)
      if (gain <= best.gain) continue
      // None missing here: should one come later, it goes with the many.
      const goesLeft = absent.count === 0 ? 2 * left.count >= total.count : isMissingLeft === 1
      Object.assign(best, { gain, bin, threshold: edges[bin], isMissingLeft: goesLeft })
    }
  })
  return best
}

/** Categories in the order of what they pull towards; the best place to cut that order is the best set (Fisher 1958). */
function splitCategories({ first, count }, histogram, total, params) {
  const pull = (code) =>
    histogram.gradient[first + code] / (histogram.hessian[first + code] + CATEGORY_SMOOTHING)
  const present = Array.from({ length: count }, (_, code) => code).filter(
    (code) => histogram.count[first + code] > 0,
  )
  const codes = present.sort((a, b) => pull(a) - pull(b) || a - b)
  const best = { gain: 0 }
  const left = nothing()
  for (let i = 0; i + 1 < codes.length; i++) {
    add(left, histogram, first + codes[i])
    const gain = gainOf(left, total, params)
    if (gain > best.gain) Object.assign(best, { gain, codes: codes.slice(0, i + 1) })
  }
  return best
}
