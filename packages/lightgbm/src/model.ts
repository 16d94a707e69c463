import { createExplainer, createScorer, type Explainer, type Forest, missingMatters } from '@taskclf/trees'
import { LightgbmError } from './errors.js'
import type { FeatureInfo } from './feature-infos.js'
import type { Objective, Transform } from './objective.js'
import type { Header } from './parse-header.js'

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
  /**
   * What each feature adds to the raw scores: for each class the features in order, then the expected value. Bit for bit LightGBM's
   * `pred_contrib=True`; outputsPerRow × (numFeatures + 1) numbers. Errors: `bad_row`, `bad_output`, `no_contributions`.
   */
  readonly contributions: (row: ArrayLike<number>, out?: Float64Array) => Float64Array
  /** `contributions` for `rowCount` rows, one after another. Errors: `bad_row`, `bad_output`, `no_contributions`. */
  readonly contributionsRows: (rows: Float64Array, rowCount: number, out?: Float64Array) => Float64Array
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
  const refuse = (code: 'bad_row' | 'bad_output' | 'no_contributions', message: string) =>
    new LightgbmError(code, message)
  const { scoreRow, scoreRows, leafIndexRow, leafIndexRows } = createScorer(forest, { numFeatures, refuse })
  let explainer: Explainer | undefined
  const explain = () => {
    explainer ??= createExplainer(forest, { numFeatures, refuse })
    return explainer
  }
  const transform = createTransform(header, numIterations)
  const matters = missingMatters(forest)
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
    missingMatters: Object.freeze(header.featureNames.filter((_, feature) => matters.has(feature))),
    objective: Object.freeze({ name: header.objective.name, params: header.objective.params }),
    pandasCategorical,
    outputsPerRow: outputs,
    rawScoreRow: scoreRow,
    rawScoreRows: scoreRows,
    predictRow: (row, out) => {
      const result = scoreRow(row, out)
      transform(result, 0, outputs)
      return result
    },
    predictRows: (rows, rowCount, out) => {
      const result = scoreRows(rows, rowCount, out)
      for (let at = 0; at < rowCount * outputs; at += outputs) transform(result, at, outputs)
      return result
    },
    contributions: (row, out) => explain().explainRow(row, out),
    contributionsRows: (rows, rowCount, out) => explain().explainRows(rows, rowCount, out),
    leafIndexRow,
    leafIndexRows,
  } satisfies LightgbmModel)
}

function createTransform({ averageOutput, objective }: ModelHeader, numIterations: number): Transform {
  if (!averageOutput) return objective.transform
  return (out, at, width) => {
    for (let i = at; i < at + width; i++) out[i] = (out[i] as number) / numIterations
    objective.transform(out, at, width)
  }
}
