import type { ForestRules } from './forest-rules.js'
import type { Tree } from './tree.js'

/**
 * The tree with which a sum could pass what its type holds: it would become infinite, and its probabilities NaN. No trained model does that.
 *
 * @returns the tree's place; undefined when no row's sum can overflow.
 * @example
 * ```ts
 * const tree = findOverflow(trees, rules)
 * if (tree !== undefined) throw new Error(`the leaves up to tree ${tree} add up to infinity`)
 * ```
 */
export function findOverflow(trees: readonly Tree[], rules: ForestRules): number | undefined {
  const round = rules.sums === 'float32' ? Math.fround : (sum: number) => sum
  const worst = Float64Array.from({ length: rules.outputs }, (_, output) =>
    Math.abs(rules.start?.[output] ?? 0),
  )
  const found = trees.findIndex(({ output, leafValue }) => {
    const greatest = leafValue.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    worst[output] = round((worst[output] as number) + greatest)
    return !Number.isFinite(worst[output])
  })
  return found < 0 ? undefined : found
}
