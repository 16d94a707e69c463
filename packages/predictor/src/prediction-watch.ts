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
}

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

  /** Called by the predictor. */
  see({ columns, count, input, output, empty, unknown }: WatchedBatch): void {
    if (count === 0) return
    const isFirst = this.#input === undefined
    this.#input ??= input.slice(0, columns.length)
    this.#output ??= output.slice(0, output.length / count)
    this.#empty = isFirst ? empty : this.#empty.filter((name) => empty.includes(name))
    this.#unknown = isFirst ? unknown : this.#unknown.filter((name) => unknown.includes(name))
    this.#rows += count
    this.#inputsDiffer ||= differs(this.#input, input)
    this.#outputsDiffer ||= differs(this.#output, output)
  }

  /** What stands out, once there were enough rows to tell. */
  get warnings(): PredictionWarning[] {
    if (this.#rows < MANY_ROWS) return []
    const warnings: PredictionWarning[] = []
    if (this.#inputsDiffer && !this.#outputsDiffer) {
      const message = `all ${this.#rows} rows got one and the same probabilities, though they differ; look at the model and at the columns`
      warnings.push({ code: 'constant_output', message, columns: [] })
    }
    if (this.#empty.length > 0) {
      const message = `${this.#empty.join(', ')} has no value in any of ${this.#rows} rows and was predicted as missing; look at where the rows come from`
      warnings.push({ code: 'column_empty', message, columns: this.#empty })
    }
    if (this.#unknown.length > 0) {
      const message = `${this.#unknown.join(', ')} has no value that the model knows in any of ${this.#rows} rows; look at how the rows spell them`
      warnings.push({ code: 'categories_unknown', message, columns: this.#unknown })
    }
    return warnings
  }
}

/** Whether any row differs from the first of all. */
function differs(first: Float64Array, rows: Float64Array): boolean {
  for (let at = 0; at < rows.length; at++) {
    if (!Object.is(rows[at], first[at % first.length])) return true
  }
  return false
}
