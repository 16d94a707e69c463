import { atLine, type TableRow } from './at-line.js'
import { PredictorError } from './errors.js'
import type { Explanation } from './explanation.js'
import { explanationColumns, toCells } from './explanation-cells.js'
import { PredictionTally } from './prediction-tally.js'
import { type PredictionWarning, PredictionWatch, type UnknownCategories } from './prediction-watch.js'
import type { PredictionBatch, Predictor } from './predictor.js'
import { RegressionTally } from './regression-tally.js'

/** What a table of predictions has besides them. */
export interface TablePredictionsOptions {
  /** What the table that is predicted is called, such as its file. */
  table: string
  /** The column of the true labels, or of a regressor's true values: it is passed on as `true_label` or `true_value`, and counted. */
  labelColumn?: string
  /** Columns that are passed on as they are. */
  keep?: readonly string[]
  /** Explains each row by its columns that matter most: so many of them, as columns of the table or as one object a row. */
  explain?: { most: number; as: 'columns' | 'object' }
}

/**
 * A row of predictions. Of a classifier: `row`, `label`, `confidence`, `true_label` where there is one, what is kept, and one `prob_<label>` for
 * each label. Of a regressor: `row`, `value`, `true_value`, what is kept. Of scores: `row`, `true_label`, what is kept, and each score by its name.
 * Last what explains it: one `explanation`, or `explained`, `expected` and for each of the columns `reason_1`, `reason_1_value`, `reason_1_contribution`.
 */
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
  /** Of a classifier; of other tasks it counts rows alone. */
  readonly tally: PredictionTally
  /** Of a regressor; of other tasks it counts nothing. */
  readonly regression = new RegressionTally()
  readonly #predictor: Predictor
  readonly #options: TablePredictionsOptions
  /** The columns of the outputs. */
  readonly #names: readonly string[]
  readonly #truth: 'true_label' | 'true_value'
  readonly #watch = new PredictionWatch()
  #batch: PredictionBatch | undefined
  #rows = 0

  constructor(predictor: Predictor, options: TablePredictionsOptions) {
    const { labelColumn, keep = [] } = options
    this.#predictor = predictor
    this.#options = options
    this.#names = columnsOfOutputs(predictor)
    this.#truth = predictor.task === 'regression' ? 'true_value' : 'true_label'
    const first = predictor.task === 'classification' ? ['label', 'confidence'] : []
    const value = predictor.task === 'regression' ? ['value'] : []
    const truth = labelColumn === undefined ? [] : [this.#truth]
    const last = predictor.task === 'regression' ? [] : this.#names
    this.columns = [
      'row',
      ...first,
      ...value,
      ...truth,
      ...keep,
      ...last,
      ...explanationColumns(options.explain),
    ]
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
    const { explain } = this.#options
    const values = rows.map((row) => row.values)
    let explanations: readonly Explanation[] = []
    try {
      this.#batch = await this.#predictor.predictBatch(values, this.#batch, this.#watch)
      if (explain !== undefined) explanations = await this.#predictor.explain(values, explain.most)
    } catch (error) {
      throw atLine(error, rows, this.#options.table)
    }
    return this.#predicted(rows, this.#batch, explanations)
  }

  /** Rows predicted so far. */
  get rows(): number {
    return this.#rows
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
    rows: readonly TableRow[],
    batch: PredictionBatch,
    explanations: readonly Explanation[],
  ): Generator<PredictedRow> {
    const { task } = this.#predictor
    const { labelColumn, keep = [], explain } = this.#options
    const names = this.#names
    for (const [r, { values, line }] of rows.entries()) {
      const truth = labelColumn === undefined ? undefined : (values[labelColumn] ?? null)
      const row: PredictedRow = Object.create(null)
      row.row = ++this.#rows
      if (task === 'classification') {
        row.label = this.#labelOf(batch, r, truth)
        row.confidence = batch.confidence[r]
      }
      if (task === 'regression') this.regression.add(batch.outputs[r] as number, this.#trueValue(truth, line))
      row[this.#truth] = truth
      for (const name of keep) row[name] = values[name]
      for (const [i, name] of names.entries()) row[name] = batch.outputs[r * names.length + i]
      const explanation = explanations[r]
      if (explain !== undefined && explanation !== undefined) {
        Object.assign(row, explain.as === 'object' ? { explanation } : toCells(explanation))
      }
      yield row
    }
  }

  #labelOf({ best, rejected }: PredictionBatch, r: number, truth: unknown): string {
    const { labels, rejectLabel } = this.#predictor
    const isRejected = rejected[r] === 1
    const label = isRejected ? rejectLabel : (labels[best[r] as number] as string)
    this.tally.add(label, isRejected, truth === undefined || truth === null ? truth : String(truth))
    return label
  }

  /** A true value that is no number is a fault of the table: passed over it would make the model better than it is. */
  #trueValue(truth: unknown, line: number): number | undefined {
    if (truth === undefined || truth === null || truth === '') return undefined
    const value = typeof truth === 'string' ? Number(truth) : truth
    if (typeof value === 'number' && Number.isFinite(value) && String(truth).trim() !== '') return value
    const { table, labelColumn = '' } = this.#options
    const message = `${table}, line ${line}: ${labelColumn} is ${JSON.stringify(truth)}, which is not a number; correct it, or leave the cell empty`
    throw new PredictorError('bad_value', message, { columns: [labelColumn] })
  }
}

function columnsOfOutputs({ task, outputs }: Predictor): readonly string[] {
  return task === 'classification' ? outputs.map((label) => `prob_${label}`) : outputs
}
