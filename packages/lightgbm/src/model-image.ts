import { type Forest, forestBuffers } from '@taskclf/trees'
import { buildModelForest } from './build-model-forest.js'
import { decodeSource } from './decode-source.js'
import { LightgbmError } from './errors.js'
import { withDeclared } from './feature-infos.js'
import { LineReader } from './line-reader.js'
import { createModel, type LightgbmModel } from './model.js'
import { loadObjective, type Objective } from './objective.js'
import { type Header, parseHeader } from './parse-header.js'
import { parseDeclaredCategorical, parsePandasCategorical } from './parse-trailer.js'
import { END_OF_TREES, parseTrees } from './parse-trees.js'

const FORMAT = 'taskclf-lightgbm-image-4'

/** What a model's header says, as data. */
interface ImageHeader
  extends Omit<Header, 'objective' | 'isOld' | 'treeSizes' | 'treeSizesField' | 'treesPerIterationField'> {
  readonly objective: Objective
}

/**
 * A parsed model as data alone, in typed arrays: it can be posted from one thread to another. Its content is this version's own
 * and not for keeping.
 */
export interface ModelImage {
  readonly format: string
  readonly header: object
  readonly forest: object
  readonly pandasCategorical: unknown
}

/** The image as this version makes it. */
interface OwnImage extends ModelImage {
  readonly header: ImageHeader
  readonly forest: Forest
}

/**
 * The first and long half of `parseModel`: reads and checks the file, and answers data that can be posted between threads.
 *
 * @throws {@link LightgbmError} as `parseModel` does.
 * @example
 * ```ts
 * const image = parseModelImage(bytes)
 * parentPort?.postMessage(image, imageBuffers(image))
 * ```
 */
export function parseModelImage(source: string | Uint8Array): ModelImage {
  const reader = new LineReader(decodeSource(source), END_OF_TREES)
  const parsedHeader = parseHeader(reader)
  const { treeSizes, treeSizesField, treesPerIterationField, isOld, ...header } = parsedHeader
  const parsed = parseTrees(reader, parsedHeader)
  const pandasCategorical = parsePandasCategorical(reader, parsed, isOld)
  const featureInfos = withDeclared(header.featureInfos, parseDeclaredCategorical(reader.text, parsed))
  const { name, params } = header.objective
  const image: OwnImage = {
    format: FORMAT,
    header: { ...header, featureInfos, objective: { name, params } },
    forest: buildModelForest(parsed.trees, header.treesPerIteration),
    pandasCategorical,
  }
  return image
}

/**
 * The second, short half: makes the model of its image, which it keeps.
 *
 * @throws {@link LightgbmError} `bad_header` for what is not an image of this version.
 * @example
 * ```ts
 * const model = modelFromImage(parseModelImage(bytes)) // as parseModel(bytes)
 * ```
 */
export function modelFromImage(image: ModelImage): LightgbmModel {
  if (!isOwn(image)) {
    const message = 'this is not the image of a model, or one of another version; parse the file again'
    throw new LightgbmError('bad_header', message)
  }
  const { header, forest, pandasCategorical } = image
  const { name, params } = header.objective
  const objective = loadObjective({ name, params }, header.numClass)
  const featureNames = Object.freeze([...header.featureNames])
  const unreadableNames = Object.freeze([...header.unreadableNames])
  return createModel({ ...header, featureNames, unreadableNames, objective }, forest, pandasCategorical)
}

/**
 * The buffers of an image, to be transferred when it is posted. The image cannot be used here afterwards.
 *
 * @example
 * ```ts
 * worker.postMessage(image, imageBuffers(image))
 * ```
 */
export function imageBuffers(image: ModelImage): ArrayBuffer[] {
  return isOwn(image) ? forestBuffers(image.forest) : []
}

function isOwn(image: ModelImage): image is OwnImage {
  return image.format === FORMAT
}
