/**
 * The features on the way to a node, each once, with the weights of the subsets of them: Lundberg and others, "Consistent individualized
 * feature attribution for tree ensembles" (arXiv:1706.06060), algorithm 2. The path of a node is at a place of these arrays,
 * those of its descendants behind it. The operations and their order are those of LightGBM, so that bits are equal.
 */
export interface ShapPath {
  /** -1 for the first element, which stands for no feature. */
  readonly feature: Int32Array
  /** The share of training rows that go this way when the feature is not known. */
  readonly zero: Float64Array
  /** 1 where the row goes this way, else 0. */
  readonly one: Float64Array
  /** Of the i-th element: the weight of subsets of i features. */
  readonly weight: Float64Array
}

/** Paths of `length` elements in all. */
export function createPath(length: number): ShapPath {
  return {
    feature: new Int32Array(length),
    zero: new Float64Array(length),
    one: new Float64Array(length),
    weight: new Float64Array(length),
  }
}

/** Copies a path of `depth` elements from the parent's place, and extends it by one. */
export function extendPath(
  path: ShapPath,
  from: number,
  to: number,
  depth: number,
  zeroFraction: number,
  oneFraction: number,
  splitFeature: number,
): void {
  const { feature, zero, one, weight } = path
  for (let i = 0; i < depth; i++) {
    feature[to + i] = feature[from + i] as number
    zero[to + i] = zero[from + i] as number
    one[to + i] = one[from + i] as number
    weight[to + i] = weight[from + i] as number
  }
  feature[to + depth] = splitFeature
  zero[to + depth] = zeroFraction
  one[to + depth] = oneFraction
  weight[to + depth] = depth === 0 ? 1 : 0
  for (let i = depth - 1; i >= 0; i--) {
    const at = weight[to + i] as number
    weight[to + i + 1] = (weight[to + i + 1] as number) + (oneFraction * at * (i + 1)) / (depth + 1)
    weight[to + i] = (zeroFraction * at * (depth - i)) / (depth + 1)
  }
}

/** Takes an element out of a path whose last element is the `depth`-th: the inverse of extending by it. */
export function unwindPath(path: ShapPath, base: number, depth: number, index: number): void {
  const { feature, zero, one, weight } = path
  const oneFraction = one[base + index] as number
  const zeroFraction = zero[base + index] as number
  let next = weight[base + depth] as number
  for (let i = depth - 1; i >= 0; i--) {
    const at = weight[base + i] as number
    if (oneFraction !== 0) {
      const now = (next * (depth + 1)) / ((i + 1) * oneFraction)
      weight[base + i] = now
      next = at - (now * zeroFraction * (depth - i)) / (depth + 1)
    } else {
      weight[base + i] = (at * (depth + 1)) / (zeroFraction * (depth - i))
    }
  }
  for (let i = base + index; i < base + depth; i++) {
    feature[i] = feature[i + 1] as number
    zero[i] = zero[i + 1] as number
    one[i] = one[i + 1] as number
  }
}

/** The sum of the weights that the path would have without one of its elements. */
export function unwoundSum(path: ShapPath, base: number, depth: number, index: number): number {
  const { weight } = path
  const oneFraction = path.one[base + index] as number
  const zeroFraction = path.zero[base + index] as number
  let total = 0
  if (oneFraction === 0) {
    for (let i = depth - 1; i >= 0; i--) {
      total += (weight[base + i] as number) / zeroFraction / ((depth - i) / (depth + 1))
    }
    return total
  }
  let next = weight[base + depth] as number
  for (let i = depth - 1; i >= 0; i--) {
    const now = (next * (depth + 1)) / ((i + 1) * oneFraction)
    total += now
    next = (weight[base + i] as number) - now * zeroFraction * ((depth - i) / (depth + 1))
  }
  return total
}

/** The element of a path that a feature is; -1 for none. A view's indexOf would make the view first. */
export function placeOf({ feature }: ShapPath, base: number, depth: number, wanted: number): number {
  for (let i = 0; i <= depth; i++) if (feature[base + i] === wanted) return i
  return -1
}
