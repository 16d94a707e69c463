import type { LightgbmModel } from './model.js'
import { modelFromImage, parseModelImage } from './model-image.js'

/**
 * Reads a LightGBM `model.txt` (versions v2, v3 and v4) and prepares it for predicting.
 *
 * The whole file down to the end of its trees is checked before anything is predicted: counts against the text that is there,
 * indexes against what they index, children against being one tree, block sizes against `tree_sizes`. Fields that
 * neither predictions nor contributions depend on (gains, weights, feature ranges) are not read, and keys not known are passed over.
 *
 * @param source - The file's bytes, or its text.
 * @returns A frozen model; its functions need no `this`.
 * @throws {@link LightgbmError} with `code`, `line` and `field` for every file that is not a whole, known model.
 *
 * @example
 * ```ts
 * const model = parseModel(await readFile('model.txt'))
 * const probabilities = model.predictRow([0.3, Number.NaN, 12])
 * ```
 */
export function parseModel(source: string | Uint8Array): LightgbmModel {
  return modelFromImage(parseModelImage(source))
}
