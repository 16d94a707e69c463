/** Of whose rows something is said, and how it refuses others. */
export interface RowOptions<More extends string = never> {
  /** Values in a row. */
  readonly numFeatures: number
  /** Makes the error that is thrown, e.g. for a row of another length (`bad_row`), or an array too short for the answer (`bad_output`). */
  readonly refuse: (code: 'bad_row' | 'bad_output' | More, message: string) => Error
}

/** What is checked of everything that a caller gives. */
export function createRowChecks({ numFeatures, refuse }: RowOptions) {
  const checkOut = (out: ArrayLike<number>, length: number): void => {
    if (out.length >= length) return
    const message = `out has ${out.length} places, ${length} are needed; give a longer array or none`
    throw refuse('bad_output', message)
  }
  return {
    checkRow: (row: ArrayLike<number>): void => {
      if (row.length === numFeatures) return
      const message = `a row of ${row.length} values, but the model has ${numFeatures} features; give one value for each of featureNames`
      throw refuse('bad_row', message)
    },
    checkRows: (rows: Float64Array, rowCount: number): void => {
      if (Number.isSafeInteger(rowCount) && rowCount >= 0 && rows.length === rowCount * numFeatures) return
      const message = `${rows.length} values for ${rowCount} rows of ${numFeatures} features; give exactly rowCount × numFeatures, row by row`
      throw refuse('bad_row', message)
    },
    floatsFor: (out: Float64Array | undefined, length: number): Float64Array => {
      if (out === undefined) return new Float64Array(length)
      checkOut(out, length)
      return out
    },
    intsFor: (out: Int32Array | undefined, length: number): Int32Array => {
      if (out === undefined) return new Int32Array(length)
      checkOut(out, length)
      return out
    },
  }
}
