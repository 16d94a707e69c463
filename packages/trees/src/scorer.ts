import { blockRows, createBlockScorer } from './block-scorer.js'
import type { Forest } from './forest.js'
import { createRowChecks, type RowOptions } from './row-checks.js'
import { createRowWalker } from './row-walker.js'

/**
 * What a forest says of rows. They hold the features in order, NaN for missing; many rows are row-major in one array. Every function writes
 * into `out` when given one (it may be longer than needed) and returns the array it wrote.
 */
export interface Scorer {
  /** The sums of a row's leaves: `outputs` numbers. */
  readonly scoreRow: (row: ArrayLike<number>, out?: Float64Array) => Float64Array
  /** `scoreRow` for `rowCount` rows: rowCount × outputs numbers. */
  readonly scoreRows: (rows: Float64Array, rowCount: number, out?: Float64Array) => Float64Array
  /** The leaf that each tree takes the row to, numbered as in its tree. */
  readonly leafIndexRow: (row: ArrayLike<number>, out?: Int32Array) => Int32Array
  /** `leafIndexRow` for `rowCount` rows: rowCount × numTrees numbers. */
  readonly leafIndexRows: (rows: Float64Array, rowCount: number, out?: Int32Array) => Int32Array
}

/**
 * Prepares a forest for rows. A row allocates nothing when `out` is given.
 *
 * @example
 * ```ts
 * const { scoreRows } = createScorer(forest, { numFeatures: 2, refuse: (code, message) => new MyError(code, message) })
 * const sums = scoreRows(Float64Array.of(1, 2, 3, 4), 2)
 * ```
 */
export function createScorer(forest: Forest, options: RowOptions): Scorer {
  const { numFeatures } = options
  const { checkRow, checkRows, floatsFor, intsFor } = createRowChecks(options)
  const { numTrees, outputs, start } = forest
  const walker = createRowWalker(forest)
  const score = createRowsScorer(forest, numFeatures, walker.writeScores)

  return {
    scoreRow: (row, out) => {
      checkRow(row)
      const result = floatsFor(out, outputs)
      walker.writeScores(row, 0, result, 0)
      return result
    },
    scoreRows: (rows, rowCount, out) => {
      checkRows(rows, rowCount)
      const result = floatsFor(out, rowCount * outputs)
      for (let output = 0; output < outputs; output++) {
        const first = start[output] as number
        for (let at = output; at < rowCount * outputs; at += outputs) result[at] = first
      }
      score(rows, rowCount, result)
      return result
    },
    leafIndexRow: (row, out) => {
      checkRow(row)
      const result = intsFor(out, numTrees)
      walker.writeLeaves(row, 0, result, 0)
      return result
    },
    leafIndexRows: (rows, rowCount, out) => {
      checkRows(rows, rowCount)
      const result = intsFor(out, rowCount * numTrees)
      for (let row = 0; row < rowCount; row++)
        walker.writeLeaves(rows, row * numFeatures, result, row * numTrees)
      return result
    },
  }
}

type WriteScores = (row: ArrayLike<number>, from: number, out: Float64Array, at: number) => void

/** Many rows go in blocks; the block's arrays are made at the first call that needs them. */
function createRowsScorer(forest: Forest, numFeatures: number, writeScores: WriteScores) {
  const size = blockRows(forest)
  let scoreBlock: ReturnType<typeof createBlockScorer> | undefined
  return (rows: Float64Array, rowCount: number, out: Float64Array): void => {
    if (size === 0 || rowCount < FEW_ROWS) {
      for (let row = 0; row < rowCount; row++) writeScores(rows, row * numFeatures, out, row * forest.outputs)
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
