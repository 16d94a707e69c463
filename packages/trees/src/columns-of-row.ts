import { numericValue, otherValue } from './column-values.js'
import type { Columns } from './columns.js'
import { COLUMN_KIND } from './treatments.js'

/** Prepares writing a row's columns into `values`. */
export function createRowFiller(
  { count, feature, kind, zero, missing }: Columns,
  values: Float64Array,
): (row: ArrayLike<number>, from: number) => void {
  return (row, from) => {
    for (let column = 0; column < count; column++) {
      const value = row[from + (feature[column] as number)] as number
      values[column] =
        kind[column] === COLUMN_KIND.number
          ? numericValue(value, zero[column] as number, missing[column] as number)
          : otherValue(value, kind[column] as number, missing[column] as number)
    }
  }
}
