import { type ForestRules, TREATMENT, type Tree } from '@taskclf/trees'

export type Random = () => number

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T

const TINY = Math.fround(1e-35)
const VALUES = [0, -0, TINY, -TINY, 1e-36, 1e-45, -1e-45, 1.1e-35, 1, -1, 0.1, Math.fround(0.1), 31, 32, 70]
const SPECIAL = [Number.NaN, Infinity, -Infinity, 2 ** 24, 2 ** 24 - 1, 2 ** 31, -0.5, 3.4e38, 1e300]

/** A value that may do harm. */
export function hostile(random: Random): number {
  return random() < 0.3 ? pick(random, SPECIAL) : random() < 0.5 ? pick(random, VALUES) : random() * 4 - 2
}

const OF_FLOAT64 = [
  TREATMENT.missing_is_zero,
  TREATMENT.missing_left,
  TREATMENT.missing_right,
  TREATMENT.zero_left,
  TREATMENT.zero_right,
]
const OF_FLOAT32 = [TREATMENT.float32_missing_left, TREATMENT.float32_missing_right]

/** Rules as LightGBM has them, or as XGBoost has them. */
export function randomRules(random: Random): ForestRules {
  const outputs = pick(random, [1, 1, 2, 5])
  if (random() < 0.5) return { outputs, left: 'at_most', sums: 'float64' }
  const start = Array.from({ length: outputs }, () => Math.fround(random() - 0.5))
  return { outputs, left: 'below', sums: 'float32', start }
}

/** A tree of random shape, grown leaf by leaf, in an order that no trainer would choose. */
export function randomTree(random: Random, features: number, rules: ForestRules): Tree {
  const single = rules.left === 'below'
  const round = single ? Math.fround : (value: number) => value
  const leaves = 1 + Math.floor(random() ** 2 * 40)
  const nodes = leaves - 1
  const [feature, left, right] = [new Int32Array(nodes), new Int32Array(nodes), new Int32Array(nodes)]
  const threshold = new Float64Array(nodes)
  const treatment = new Uint8Array(nodes)
  const setStart = [0]
  const setWords: number[] = []
  const slots: [Int32Array, number][] = []
  for (let node = 0; node < nodes; node++) {
    const leaf = Math.floor(random() * (node + 1))
    const slot = slots[leaf]
    if (slot !== undefined) slot[0][slot[1]] = node
    left[node] = ~leaf
    right[node] = ~(node + 1)
    slots[leaf] = [left, node]
    slots[node + 1] = [right, node]
    feature[node] = Math.floor(random() * features)
    if (random() < 0.25) {
      treatment[node] = single ? TREATMENT.category_or_missing : TREATMENT.category
      threshold[node] = setStart.length - 1
      for (let words = Math.floor(random() * 4); words > 0; words--)
        setWords.push(Math.floor(random() * 4294967296))
      setStart.push(setWords.length)
    } else {
      treatment[node] = pick(random, single ? OF_FLOAT32 : OF_FLOAT64)
      const drawn = round(pick(random, [...VALUES, Infinity, random() * 4 - 2]))
      threshold[node] = single || random() < 0.9 ? drawn : -Infinity
    }
  }
  return {
    output: Math.floor(random() * rules.outputs),
    feature,
    treatment,
    threshold,
    left,
    right,
    leafValue: Float64Array.from({ length: leaves }, () => round(random() * 2 - 1)),
    setStart: Int32Array.from(setStart),
    setWords: Uint32Array.from(setWords),
  }
}
