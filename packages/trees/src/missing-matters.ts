import type { Forest } from './forest.js'

/**
 * The features at which a missing value may go another way than 0, because a split or a linear leaf tells the two apart.
 *
 * @example
 * ```ts
 * const names = featureNames.filter((_, feature) => missingMatters(forest).has(feature))
 * ```
 */
export function missingMatters({ columns }: Forest): ReadonlySet<number> {
  const { feature, zero, missing } = columns
  return new Set(feature.filter((_, column) => !Object.is(zero[column], missing[column])))
}
