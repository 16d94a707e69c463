/** Something about many predictions that looks like a fault before the model, or in it. */
export interface PredictionWarning {
  code: 'constant_output' | 'column_empty' | 'categories_unknown'
  message: string
  /** The columns that it concerns; none for `constant_output`. */
  columns: readonly string[]
}

/** What a watch is shown of a batch. */
export interface WatchedBatch {
  columns: readonly string[]
  count: number
  /** What the model saw, row by row. */
  input: Float64Array
  /** What it answered, row by row. */
  output: Float64Array
  /** The columns without a value, and those whose values are all unknown, in this batch. */
  empty: readonly string[]
  unknown: readonly string[]
  /** By column, the cells that no vocabulary has. */
  unknownCells: readonly { column: string; cells: readonly unknown[] }[]
}

/** A column in which rows had texts that the model does not know, and were predicted as if they had none. */
export interface UnknownCategories {
  column: string
  rows: number
  /** At most three of the texts, as they first came. */
  examples: readonly string[]
}

const MOST_EXAMPLES = 3
const LONGEST_EXAMPLE = 60

/** Fewer rows may well be alike by chance. */
export const MANY_ROWS = 32

/**
 * Looks at predictions as they pass, over as many batches as belong together: give the same one to each `predictBatch`, then
 * ask for `warnings`. It holds one row.
 *
 * @example
 * ```ts
 * const watch = new PredictionWatch()
 * for await (const rows of batches) await predictor.predictBatch(rows, undefined, watch)
 * for (const { code, message } of watch.warnings) console.error(code, message)
 * ```
 */
export class PredictionWatch {
  #rows = 0
  #input: Float64Array | undefined
  #output: Float64Array | undefined
  #inputsDiffer = false
  #outputsDiffer = false
  #empty: readonly string[] = []
  #unknown: readonly string[] = []
  readonly #cells = new Map<string, { rows: number; examples: Set<string> }>()

  /** Called by the predictor. */
  see({ columns, count, input, output, empty, unknown, unknownCells }: WatchedBatch): void {
    if (count === 0) return
    const isFirst = this.#input === undefined
    this.#input ??= input.slice(0, columns.length)
    this.#output ??= output.slice(0, output.length / count)
    this.#empty = isFirst ? empty : this.#empty.filter((name) => empty.includes(name))
    this.#unknown = isFirst ? unknown : this.#unknown.filter((name) => unknown.includes(name))
    this.#rows += count
    for (const { column, cells } of unknownCells) this.#count(column, cells)
    this.#inputsDiffer ||= differs(this.#input, input)
    this.#outputsDiffer ||= differs(this.#output, output)
  }

  /** Of each column, how many rows had a text that the model does not know. */
  get unknownCategories(): UnknownCategories[] {
    return [...this.#cells].map(([column, { rows, examples }]) => ({ column, rows, examples: [...examples] }))
  }

  /** What is odd; most of it only once there were enough rows to tell. */
  get warnings(): PredictionWarning[] {
    const warnings = this.unknownCategories.map((each) => unknownWarning(each, this.#rows))
    if (this.#rows < MANY_ROWS) return warnings
    if (this.#inputsDiffer && !this.#outputsDiffer) {
      const message = `all ${this.#rows} rows got one and the same probabilities, though they differ; look at the model and at the columns`
      warnings.push({ code: 'constant_output', message, columns: [] })
    }
    if (this.#empty.length > 0) {
      const message = `${this.#empty.join(', ')} has no value in any of ${this.#rows} rows and was predicted as missing; look at where the rows come from`
      warnings.push({ code: 'column_empty', message, columns: this.#empty })
    }
    const unknown = this.#unknown.filter((column) => !this.#cells.has(column))
    if (unknown.length > 0) {
      const message = `${unknown.join(', ')} has no value that the model knows in any of ${this.#rows} rows; look at how the rows spell them`
      warnings.push({ code: 'categories_unknown', message, columns: unknown })
    }
    return warnings
  }

  #count(column: string, cells: readonly unknown[]): void {
    const known = this.#cells.get(column) ?? { rows: 0, examples: new Set<string>() }
    known.rows += cells.length
    for (const cell of cells) {
      if (known.examples.size >= MOST_EXAMPLES) break
      known.examples.add(String(cell).slice(0, LONGEST_EXAMPLE))
    }
    this.#cells.set(column, known)
  }
}

function unknownWarning({ column, rows, examples }: UnknownCategories, all: number): PredictionWarning {
  const shown = examples.map((each) => JSON.stringify(each)).join(', ')
  const message = `${column}: ${rows} of ${all} rows have a text that the model does not know (${shown}), predicted as missing; look at how the rows spell it`
  return { code: 'categories_unknown', message, columns: [column] }
}

/** Whether any row differs from the first of all. */
function differs(first: Float64Array, rows: Float64Array): boolean {
  for (let at = 0; at < rows.length; at++) {
    if (!Object.is(rows[at], first[at % first.length])) return true
  }
  return false
}
