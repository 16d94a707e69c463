import { messageOf } from '@taskclf/errors'
import { readImportance } from '@taskclf/lightgbm'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { openBundleFiles } from './bundle-files.js'
import { PredictorError } from './errors.js'
import { findLoader } from './find-loader.js'
import { loadLightgbm } from './load-lightgbm.js'
import type { RuntimeLoaders } from './runtime.js'

/** How much a column was used in training. */
export interface ColumnImportance {
  column: string
  /** How many splits are on it. */
  split: number
  /** What they gained in training, added up. */
  gain: number
}

/**
 * How much each column of a bundle's model was used in training, the greatest gain first. Only LightGBM's own files say it.
 *
 * @throws PredictorError `not_explainable` where the model file does not say it, `load_failed`, `integrity_mismatch`, `io`.
 * @example
 * ```ts
 * const [most] = await readImportances(bundle)
 * console.log(most?.column, most?.gain)
 * ```
 */
export async function readImportances(
  bundle: LocalValidBundle,
  { loaders = {} }: { loaders?: RuntimeLoaders } = {},
): Promise<ColumnImportance[]> {
  const found = findLoader(bundle.artifacts, loaders)
  if (found?.loader !== loadLightgbm) {
    const message = `${bundle.modelId}: only LightGBM models say how much each column was used, not ${bundle.artifacts.join(', ')}`
    throw new PredictorError('not_explainable', message)
  }
  const bytes = await (await openBundleFiles(bundle, {})).read(found.name)
  if (bytes === undefined)
    throw new PredictorError('load_failed', `${bundle.modelId}: ${found.name} is not there`)
  try {
    const { featureNames, split, gain } = readImportance(bytes)
    return featureNames
      .map((column, i) => ({ column, split: split[i] as number, gain: gain[i] as number }))
      .sort((a, b) => b.gain - a.gain)
  } catch (cause) {
    const message = `${bundle.modelId}: ${found.name} does not say how much each column was used: ${messageOf(cause)}`
    throw new PredictorError('not_explainable', message, { cause })
  }
}
