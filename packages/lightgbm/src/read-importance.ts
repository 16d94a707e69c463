import { decodeSource } from './decode-source.js'
import { LineReader } from './line-reader.js'
import { parseHeader } from './parse-header.js'
import { END_OF_TREES, parseTrees } from './parse-trees.js'
import { readDoubles } from './read-numbers.js'

/** How much each feature was used in training, as LightGBM's `feature_importance` counts it. */
export interface FeatureImportance {
  readonly featureNames: readonly string[]
  /** Of each feature: how many splits are on it. */
  readonly split: Float64Array
  /** Of each feature: what its splits gained in training, added up. */
  readonly gain: Float64Array
}

/**
 * Reads how much each feature was used. It is in the file, but not in a model: predictions do not need it.
 *
 * @throws LightgbmError as `parseModel` does; `missing_field` for a tree without `split_gain`.
 * @example
 * ```ts
 * const { featureNames, gain } = readImportance(await readFile('model.txt'))
 * ```
 */
export function readImportance(source: string | Uint8Array): FeatureImportance {
  const reader = new LineReader(decodeSource(source), END_OF_TREES)
  const header = parseHeader(reader)
  const split = new Float64Array(header.numFeatures)
  const gain = new Float64Array(header.numFeatures)
  parseTrees(reader, header, ({ feature }, fields) => {
    if (feature.length === 0) return
    const field = fields.required('split_gain')
    const gains = readDoubles(field, feature.length, false)
    feature.forEach((of, node) => {
      // LightGBM keeps gains as float32, and counts splits that gained.
      const gained = Math.fround(gains[node] as number)
      if (!(gained > 0)) return
      split[of] = (split[of] as number) + 1
      gain[of] = (gain[of] as number) + gained
    })
  })
  return { featureNames: header.featureNames, split, gain }
}
