import { buildForest, type Forest, type ForestRules, findOverflow } from '@taskclf/trees'
import { LightgbmError } from './errors.js'
import type { ParsedTree } from './tree.js'

/** Joins the trees of a file, by LightGBM's rules. */
export function buildModelForest(trees: readonly ParsedTree[], outputs: number): Forest {
  const rules: ForestRules = { outputs, left: 'at_most', sums: 'float64' }
  const overflow = findOverflow(trees, rules)
  if (overflow === undefined) return buildForest(trees, rules)
  throw new LightgbmError('score_overflow', 'the leaf values add up to infinity; the file is damaged', {
    line: trees[overflow]?.line,
    field: `Tree=${overflow} leaf_value`,
  })
}
