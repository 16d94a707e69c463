import type { ColumnPlan } from './columns.js'
import type { LinearForest } from './forest.js'
import { TREATMENT } from './treatments.js'
import type { Tree } from './tree.js'

/** The linear leaves of all trees; undefined when none has any. */
export function buildLinear(
  trees: readonly Tree[],
  leaves: number,
  plan: ColumnPlan,
): LinearForest | undefined {
  if (trees.every((tree) => tree.linear === undefined)) return undefined
  const terms = trees.reduce((sum, tree) => sum + (tree.linear?.features.length ?? 0), 0)
  const linear = {
    isLinear: new Uint8Array(leaves),
    constants: new Float64Array(leaves),
    starts: new Int32Array(leaves + 1),
    columns: new Int32Array(terms),
    coefficients: new Float64Array(terms),
  }
  let leaf0 = 0
  let term0 = 0
  for (const { leafValue, linear: model } of trees) {
    const numLeaves = leafValue.length
    linear.starts.fill(term0, leaf0 + 1, leaf0 + numLeaves + 1)
    if (model !== undefined) {
      linear.isLinear.fill(1, leaf0, leaf0 + numLeaves)
      linear.constants.set(model.constants, leaf0)
      linear.coefficients.set(model.coefficients, term0)
      for (let i = 1; i <= numLeaves; i++) linear.starts[leaf0 + i] = term0 + (model.starts[i] as number)
      // `missing_right` keeps NaN, which is what sends a linear leaf back to its plain value.
      model.features.forEach((feature, i) => {
        linear.columns[term0 + i] = plan.numberOf(feature, TREATMENT.missing_right)
      })
      term0 += model.features.length
    }
    leaf0 += numLeaves
  }
  return linear
}
