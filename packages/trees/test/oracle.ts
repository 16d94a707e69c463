import { type ForestRules, TREATMENT, type Tree } from '@taskclf/trees'

/** The leaf that a tree takes a row to, one node after another, as the rules are written. */
export function leafOf(tree: Tree, rules: ForestRules, row: readonly number[]): number {
  if (tree.feature.length === 0) return 0
  let node = 0
  while (node >= 0) node = (goesLeft(tree, node, rules, row) ? tree.left : tree.right)[node] as number
  return ~node
}

/** The sums of a row. */
export function scoreOf(trees: readonly Tree[], rules: ForestRules, row: readonly number[]): number[] {
  const sums = Array.from({ length: rules.outputs }, (_, output) => rules.start?.[output] ?? 0)
  for (const tree of trees) {
    const sum = (sums[tree.output] as number) + (tree.leafValue[leafOf(tree, rules, row)] as number)
    sums[tree.output] = rules.sums === 'float32' ? Math.fround(sum) : sum
  }
  return sums
}

export function goesLeft(tree: Tree, node: number, rules: ForestRules, row: readonly number[]): boolean {
  const value = row[tree.feature[node] as number] as number
  const threshold = tree.threshold[node] as number
  const treatment = tree.treatment[node] as number
  const isZero = Number.isNaN(value) || Math.abs(value) <= Math.fround(1e-35)
  const number = isZero ? 0 : value
  switch (treatment) {
    case TREATMENT.missing_is_zero:
      return number <= threshold
    case TREATMENT.missing_left:
    case TREATMENT.missing_right:
      return Number.isNaN(value) ? treatment === TREATMENT.missing_left : number <= threshold
    case TREATMENT.zero_left:
    case TREATMENT.zero_right:
      return isZero ? treatment === TREATMENT.zero_left : value <= threshold
    case TREATMENT.float32_missing_left:
    case TREATMENT.float32_missing_right:
      if (Number.isNaN(value)) return treatment === TREATMENT.float32_missing_left
      return rules.left === 'below' ? Math.fround(value) < threshold : Math.fround(value) <= threshold
    case TREATMENT.category:
      return isMember(tree, threshold, Math.trunc(value))
    default:
      if (Number.isNaN(value)) return isMember(tree, threshold, 0)
      return (
        Math.fround(value) >= 0 &&
        value < 2 ** 24 &&
        isMember(tree, threshold, Math.trunc(Math.fround(value)) + 1)
      )
  }
}

function isMember({ setStart, setWords }: Tree, set: number, category: number): boolean {
  const words = setWords.subarray(setStart[set], setStart[set + 1])
  if (!(category >= 0 && category < 32 * words.length)) return false
  return Math.floor((words[Math.floor(category / 32)] as number) / 2 ** (category % 32)) % 2 === 1
}
