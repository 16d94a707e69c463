import { LightgbmError } from './errors.js'
import type { FeatureInfo } from './feature-infos.js'
import type { Forest } from './forest.js'
import type { Objective, Transform } from './objective.js'
import type { Header } from './parse-header.js'
import { createRowWalker } from './predict-row.js'
import { blockRows, createBlockScorer } from './predict-rows.js'

/**
 * A model ready to predict. Rows hold the features in the order of `featureNames`, NaN for missing; `rows` is row-major.
 * Every function writes into `out` when given one (it may be longer than needed) and returns the array it wrote.
 */
export interface LightgbmModel {
  readonly numClass: number
  readonly numFeatures: number
  readonly numTrees: number
  readonly numIterations: number
  readonly treesPerIteration: number
  /** Predictions are made of the mean over iterations (random forests); raw scores are the sum all the same. */
  readonly averageOutput: boolean
  /** Names that are not UTF-8 have `\xNN` for each byte that is not ASCII. */
  readonly featureNames: readonly string[]
  /** Places of the features whose names are not UTF-8: nobody can name them, so rows have them by place. */
  readonly unreadableNames: readonly number[]
  /** What the file says of the values that each feature was trained with. */
  readonly featureInfos: readonly FeatureInfo[]
  /** Features at which a missing value may go another way than 0, because a split or a linear leaf tells the two apart. */
  readonly missingMatters: readonly string[]
  readonly objective: Objective
  /** The JSON value after `pandas_categorical:`; null without one. */
  readonly pandasCategorical: unknown
  /** Numbers per row in raw scores and predictions. */
  readonly outputsPerRow: number
  /** Sums of the leaves, one per class, bit for bit LightGBM's `raw_score=True`. Errors: `bad_row`, `bad_output`. */
  readonly rawScoreRow: (row: ArrayLike<number>, out?: Float64Array) => Float64Array
  /** What the objective makes of the raw scores: probabilities, or the value itself. Errors: `bad_row`, `bad_output`. */
  readonly predictRow: (row: ArrayLike<number>, out?: Float64Array) => Float64Array
  /** `rawScoreRow` for `rowCount` rows: rowCount × outputsPerRow numbers. Errors: `bad_row`, `bad_output`. */
  readonly rawScoreRows: (rows: Float64Array, rowCount: number, out?: Float64Array) => Float64Array
  /** `predictRow` for `rowCount` rows: rowCount × outputsPerRow numbers. Errors: `bad_row`, `bad_output`. */
  readonly predictRows: (rows: Float64Array, rowCount: number, out?: Float64Array) => Float64Array
  /** The leaf each tree takes the row to, numbered as in the file. Errors: `bad_row`, `bad_output`. */
  readonly leafIndexRow: (row: ArrayLike<number>, out?: Int32Array) => Int32Array
  /** `leafIndexRow` for `rowCount` rows: rowCount × numTrees numbers. Errors: `bad_row`, `bad_output`. */
  readonly leafIndexRows: (rows: Float64Array, rowCount: number, out?: Int32Array) => Int32Array
}

/** What a model needs of its file's header. */
export type ModelHeader = Omit<Header, 'isOld' | 'treeSizes' | 'treeSizesField' | 'treesPerIterationField'>

/** Joins a header and a forest into a model. */
export function createModel(header: ModelHeader, forest: Forest, pandasCategorical: unknown): LightgbmModel {
  const { numFeatures, treesPerIteration: outputs } = header
  const { numTrees } = forest
  const numIterations = numTrees / outputs
  const walker = createRowWalker(forest)
  const score = createRowsScorer(forest, numFeatures, walker.writeScores)
  const transform = createTransform(header, numIterations)
  const floats = (length: number) => new Float64Array(length)
  const ints = (length: number) => new Int32Array(length)

  const rawScoreRow: LightgbmModel['rawScoreRow'] = (row, out) => {
    checkRow(row, numFeatures)
    const result = target(out, outputs, floats)
    walker.writeScores(row, 0, result, 0)
    return result
  }
  const rawScoreRows: LightgbmModel['rawScoreRows'] = (rows, rowCount, out) => {
    checkRows(rows, rowCount, numFeatures)
    const result = target(out, rowCount * outputs, floats)
    result.fill(0, 0, rowCount * outputs)
    score(rows, rowCount, result)
    return result
  }
  return Object.freeze({
    numClass: header.numClass,
    numFeatures,
    numTrees,
    numIterations,
    treesPerIteration: outputs,
    averageOutput: header.averageOutput,
    featureNames: header.featureNames,
    unreadableNames: header.unreadableNames,
    featureInfos: header.featureInfos,
    missingMatters: namesWhereMissingMatters(forest, header.featureNames),
    objective: Object.freeze({ name: header.objective.name, params: header.objective.params }),
    pandasCategorical,
    outputsPerRow: outputs,
    rawScoreRow,
    rawScoreRows,
    predictRow: (row, out) => {
      const result = rawScoreRow(row, out)
      transform(result, 0, outputs)
      return result
    },
    predictRows: (rows, rowCount, out) => {
      const result = rawScoreRows(rows, rowCount, out)
      for (let at = 0; at < rowCount * outputs; at += outputs) transform(result, at, outputs)
      return result
    },
    leafIndexRow: (row, out) => {
      checkRow(row, numFeatures)
      const result = target(out, numTrees, ints)
      walker.writeLeaves(row, 0, result, 0)
      return result
    },
    leafIndexRows: (rows, rowCount, out) => {
      checkRows(rows, rowCount, numFeatures)
      const result = target(out, rowCount * numTrees, ints)
      for (let row = 0; row < rowCount; row++)
        walker.writeLeaves(rows, row * numFeatures, result, row * numTrees)
      return result
    },
  } satisfies LightgbmModel)
}

function namesWhereMissingMatters({ columns }: Forest, names: readonly string[]): readonly string[] {
  const { feature, zero, missing } = columns
  const matters = new Set(feature.filter((_, column) => !Object.is(zero[column], missing[column])))
  return Object.freeze(names.filter((_, index) => matters.has(index)))
}

type WriteScores = (row: ArrayLike<number>, from: number, out: Float64Array, at: number) => void

/** Many rows go in blocks; the block's arrays are made at the first call that needs them. */
function createRowsScorer(forest: Forest, numFeatures: number, writeScores: WriteScores) {
  const size = blockRows(forest)
  let scoreBlock: ReturnType<typeof createBlockScorer> | undefined
  return (rows: Float64Array, rowCount: number, out: Float64Array): void => {
    if (size === 0 || rowCount < FEW_ROWS) {
      for (let row = 0; row < rowCount; row++)
        writeScores(rows, row * numFeatures, out, row * forest.treesPerIteration)
      return
    }
    scoreBlock ??= createBlockScorer(forest)
    for (let first = 0; first < rowCount; first += size) {
      scoreBlock(rows, numFeatures, first, Math.min(size, rowCount - first), out)
    }
  }
}

/** Below this, dividing rows costs more than walking them. */
const FEW_ROWS = 16

function createTransform({ averageOutput, objective }: ModelHeader, numIterations: number): Transform {
  if (!averageOutput) return objective.transform
  return (out, at, width) => {
    for (let i = at; i < at + width; i++) out[i] = (out[i] as number) / numIterations
    objective.transform(out, at, width)
  }
}

function checkRow(row: ArrayLike<number>, numFeatures: number): void {
  if (row.length === numFeatures) return
  const message = `a row of ${row.length} values, but the model has ${numFeatures} features; give one value for each of featureNames`
  throw new LightgbmError('bad_row', message)
}

function checkRows(rows: Float64Array, rowCount: number, numFeatures: number): void {
  if (Number.isSafeInteger(rowCount) && rowCount >= 0 && rows.length === rowCount * numFeatures) return
  const message = `${rows.length} values for ${rowCount} rows of ${numFeatures} features; give exactly rowCount × numFeatures, row by row`
  throw new LightgbmError('bad_row', message)
}

function target<T extends Float64Array | Int32Array>(
  out: T | undefined,
  length: number,
  create: (length: number) => T,
): T {
  if (out === undefined) return create(length)
  if (out.length >= length) return out
  throw new LightgbmError(
    'bad_output',
    `out has ${out.length} places, ${length} are needed; give a longer array or none`,
  )
}
