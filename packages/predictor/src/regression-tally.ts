/** How predicted values compare with true ones. */
export interface RegressionFigures {
  /** Rows that have a true value. */
  rows: number
  /** Root of the mean squared error, in the units of the value; undefined without a row. */
  rmse: number | undefined
  /** Mean absolute error, in the units of the value; undefined without a row. */
  mae: number | undefined
  /** 1 − squared error / squared deviation of the true values from their mean; undefined where these are all the same. */
  r2: number | undefined
}

/**
 * Counts predicted values as they pass, in constant memory. The deviation of the true values is summed as Welford does (Technometrics 4,
 * 1962), so that large values do not swallow their differences.
 *
 * @example
 * ```ts
 * const tally = new RegressionTally()
 * tally.add(210, 200)
 * tally.add(195, 200)
 * tally.figures().mae // 7.5
 * ```
 */
export class RegressionTally {
  /** Rows so far, with and without a true value. */
  rows = 0
  #smallest = Number.POSITIVE_INFINITY
  #largest = Number.NEGATIVE_INFINITY
  #meanValue = 0
  #known = 0
  #squaredError = 0
  #absoluteError = 0
  #meanTruth = 0
  #deviation = 0

  /** One row; `truth` is undefined where it is not known. */
  add(value: number, truth: number | undefined): void {
    this.rows++
    this.#smallest = Math.min(this.#smallest, value)
    this.#largest = Math.max(this.#largest, value)
    this.#meanValue += (value - this.#meanValue) / this.rows
    if (truth === undefined) return
    this.#known++
    this.#squaredError += (value - truth) ** 2
    this.#absoluteError += Math.abs(value - truth)
    const before = truth - this.#meanTruth
    this.#meanTruth += before / this.#known
    this.#deviation += before * (truth - this.#meanTruth)
  }

  /** Smallest, largest and mean of the predicted values; undefined without a row. */
  get values(): { min: number; max: number; mean: number } | undefined {
    return this.rows === 0 ? undefined : { min: this.#smallest, max: this.#largest, mean: this.#meanValue }
  }

  /** How right the values of rows with a true one were. */
  figures(): RegressionFigures {
    const rows = this.#known
    if (rows === 0) return { rows, rmse: undefined, mae: undefined, r2: undefined }
    return {
      rows,
      rmse: Math.sqrt(this.#squaredError / rows),
      mae: this.#absoluteError / rows,
      r2: this.#deviation === 0 ? undefined : 1 - this.#squaredError / this.#deviation,
    }
  }
}
