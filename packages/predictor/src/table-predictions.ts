import { atLine, type TableRow } from './at-line.js'
import { PredictorError } from './errors.js'
import { PredictionTally } from './prediction-tally.js'
import { type PredictionWarning, PredictionWatch, type UnknownCategories } from './prediction-watch.js'
import type { PredictionBatch, Predictor } from './predictor.js'

/** What a table of predictions has besides them. */
export interface TablePredictionsOptions {
  /** What the table that is predicted is called, such as its file. */
  table: string
  /** The column of the true labels: it is passed on as `true_label`, and counted. */
  labelColumn?: string
  /** Columns that are passed on as they are. */
  keep?: readonly string[]
}

/** A row of predictions: `row`, `label`, `confidence`, `true_label` where there is one, what is kept, and one `prob_<label>` for each label. */
export type PredictedRow = Record<string, unknown>

/**
 * Predicts a table batch by batch, and counts as it goes: in memory are one batch and the counts.
 *
 * @example
 * ```ts
 * const predictions = new TablePredictions(predictor, { table: 'windows.csv', labelColumn: 'label' })
 * for await (const rows of readRowBatches('windows.csv')) await writer.write(await predictions.of(rows))
 * console.log(predictions.tally.accuracy().accuracy)
 * ```
 */
export class TablePredictions {
  /** The columns of every row of predictions, in their order. */
  readonly columns: readonly string[]
  readonly tally: PredictionTally
  readonly #predictor: Predictor
  readonly #options: TablePredictionsOptions
  readonly #probabilities: readonly string[]
  readonly #watch = new PredictionWatch()
  #batch: PredictionBatch | undefined

  constructor(predictor: Predictor, options: TablePredictionsOptions) {
    const { labelColumn, keep = [] } = options
    this.#predictor = predictor
    this.#options = options
    this.#probabilities = predictor.labels.map((label) => `prob_${label}`)
    const own = ['row', 'label', 'confidence', ...(labelColumn === undefined ? [] : ['true_label'])]
    this.columns = [...own, ...keep, ...this.#probabilities]
    this.tally = new PredictionTally(predictor.labels, predictor.rejectLabel)
  }

  /**
   * Checks that the table has what is passed on; a table without rows, also what the model needs.
   *
   * @throws PredictorError `missing_columns`.
   */
  requireColumns(header: readonly string[], isEmpty = false): void {
    const { table, labelColumn, keep = [] } = this.#options
    const wanted = [...keep, ...(labelColumn === undefined ? [] : [labelColumn])]
    const columns = wanted.filter((name) => !header.includes(name))
    if (columns.length > 0) {
      const message = `${table} has no column ${columns.join(', ')}; what is kept, and the true label, are columns of the table`
      throw new PredictorError('missing_columns', message, { columns, details: { columns } })
    }
    // A row without a value asks for the model's columns, whatever they are called.
    if (isEmpty) this.#predictor.encode([Object.fromEntries(header.map((name) => [name, null]))])
  }

  /**
   * The predictions of some rows. They must be read before more are asked for: the numbers are written over then.
   *
   * @throws PredictorError with the line of the row at fault.
   */
  async of(rows: readonly TableRow[]): Promise<Iterable<PredictedRow>> {
    const values = rows.map((row) => row.values)
    try {
      this.#batch = await this.#predictor.predictBatch(values, this.#batch, this.#watch)
    } catch (error) {
      throw atLine(error, rows, this.#options.table)
    }
    return this.#predicted(values, this.#batch)
  }

  /** What looks like a fault before the model, or in it. */
  get warnings(): readonly PredictionWarning[] {
    return this.#watch.warnings
  }

  /** Columns with texts that the model does not know. */
  get unknownCategories(): readonly UnknownCategories[] {
    return this.#watch.unknownCategories
  }

  *#predicted(
    rows: readonly TableRow['values'][],
    { best, confidence, rejected, probabilities }: PredictionBatch,
  ): Generator<PredictedRow> {
    const { labels, rejectLabel } = this.#predictor
    const { labelColumn, keep = [] } = this.#options
    const names = this.#probabilities
    for (const [r, values] of rows.entries()) {
      const isRejected = rejected[r] === 1
      const label = isRejected ? rejectLabel : (labels[best[r] as number] as string)
      const trueLabel = labelColumn === undefined ? undefined : (values[labelColumn] ?? null)
      const known = trueLabel === undefined || trueLabel === null ? trueLabel : String(trueLabel)
      this.tally.add(label, isRejected, known)
      const row: PredictedRow = Object.create(null)
      row.row = this.tally.rows
      row.label = label
      row.confidence = confidence[r]
      row.true_label = trueLabel
      for (const name of keep) row[name] = values[name]
      for (const [i, name] of names.entries()) row[name] = probabilities[r * names.length + i]
      yield row
    }
  }
}
