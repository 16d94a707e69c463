/** What one column did to an answer. */
export interface Contribution {
  column: string
  /** The cell as the row has it; null where it has none. */
  value: unknown
  /** What the cell adds to the model's raw score: above zero it speaks for the answer. */
  contribution: number
}

/**
 * Why a row was answered so, in raw scores: before the objective makes probabilities or values of them (log-odds of a classifier by
 * logistic loss). `expected`, all contributions of `top`, and `rest` add up to `score`.
 */
export interface Explanation {
  /** The output that is explained: a classifier's most probable label, also when it was rejected; `value`; the highest of several scores. */
  of: string
  /** The raw score when no column is known: the mean over the training rows. */
  expected: number
  /** The raw score of this row. */
  score: number
  /** The columns that add or take most, the greatest first. */
  top: Contribution[]
  /** What all other columns add together. */
  rest: number
}

/** The numbers of one row, and what they are about. */
export interface ExplainedRow {
  of: string
  /** Of each column, and last what is expected. */
  contributions: Float64Array
  /** -1 where the model's only output speaks for the other label. */
  sign: 1 | -1
  columns: readonly string[]
  cellOf: (column: number) => unknown
}

/** Words for the numbers of a row: its `most` greatest contributions, and the sum of the others. */
export function toExplanation(
  { of, contributions, sign, columns, cellOf }: ExplainedRow,
  most: number,
): Explanation {
  const own = contributions.map((part) => sign * part)
  const expected = own[columns.length] as number
  const order = Array.from(columns.keys()).sort(
    (a, b) => Math.abs(own[b] as number) - Math.abs(own[a] as number) || a - b,
  )
  const sumOf = (places: readonly number[]) => places.reduce((sum, c) => sum + (own[c] as number), 0)
  const top = order.slice(0, most).map((c) => ({
    column: columns[c] as string,
    value: cellOf(c) ?? null,
    contribution: own[c] as number,
  }))
  return { of, expected, score: expected + sumOf([...columns.keys()]), top, rest: sumOf(order.slice(most)) }
}
