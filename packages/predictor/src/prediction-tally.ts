/** True labels that the model does not know count together: a column of ids must not fill the memory. */
const OTHER = '(other)'

/** How many rows got a label. */
export interface LabelCount {
  label: string
  rows: number
}

/** How predictions compare with true labels. */
export interface TallyAccuracy {
  /** Rows that have a true label. */
  rows: number
  /** A rejected row is not correct. */
  correct: number
  /** Undefined without a row. */
  accuracy: number | undefined
  /** Rows with a true label that were not rejected. */
  acceptedRows: number
  acceptedAccuracy: number | undefined
  /** A row for each true label, `(other)` for any that the model does not know; a column for each predicted one. */
  confusion: { trueLabels: string[]; predictedLabels: string[]; matrix: number[][] }
}

/**
 * Counts predictions as they pass, in constant memory.
 *
 * @example
 * ```ts
 * const tally = new PredictionTally(predictor.labels, predictor.rejectLabel)
 * tally.add('Build', false, 'Debug')
 * console.log(tally.labels, tally.accuracy().accuracy)
 * ```
 */
export class PredictionTally {
  /** Rows so far. */
  rows = 0
  /** Those of them that were rejected. */
  rejected = 0
  readonly #known: number
  readonly #labels: readonly string[]
  readonly #trueLabels: readonly string[]
  readonly #places: ReadonlyMap<string, number>
  readonly #counts: number[]
  readonly #matrix: number[][]
  #acceptedRows = 0
  #acceptedCorrect = 0

  /** `rejectLabel` may be one of the labels, too. */
  constructor(labels: readonly string[], rejectLabel: string) {
    this.#known = labels.length
    this.#labels = labels.includes(rejectLabel) ? labels : [...labels, rejectLabel]
    this.#trueLabels = [...this.#labels, OTHER]
    this.#places = new Map(this.#labels.map((label, i) => [label, i]))
    this.#counts = this.#labels.map(() => 0)
    this.#matrix = this.#trueLabels.map(() => this.#labels.map(() => 0))
  }

  /** One row; `trueLabel` is undefined or null where it is not known. */
  add(label: string, isRejected: boolean, trueLabel: string | null | undefined): void {
    const column = this.#places.get(label) as number
    this.rows++
    if (isRejected) this.rejected++
    this.#counts[column] = (this.#counts[column] as number) + 1
    if (trueLabel === undefined || trueLabel === null) return
    const row = this.#matrix[this.#places.get(trueLabel) ?? this.#labels.length] as number[]
    row[column] = (row[column] as number) + 1
    if (isRejected) return
    this.#acceptedRows++
    if (label === trueLabel) this.#acceptedCorrect++
  }

  /** How often each label was given; that of rejected rows last. */
  get labels(): LabelCount[] {
    return this.#labels.map((label, i) => ({ label, rows: this.#counts[i] as number }))
  }

  /** How right the predictions of rows with a true label were. */
  accuracy(): TallyAccuracy {
    const rows = sum(this.#matrix.flat())
    const correct = sum(this.#labels.map((_, i) => this.#matrix[i]?.[i] ?? 0))
    // Those that are not a label of the model appear only where they are needed.
    const shown = this.#trueLabels
      .map((_, i) => i)
      .filter((i) => i < this.#known || sum(this.#matrix[i] as number[]) > 0)
    return {
      rows,
      correct,
      accuracy: share(correct, rows),
      acceptedRows: this.#acceptedRows,
      acceptedAccuracy: share(this.#acceptedCorrect, this.#acceptedRows),
      confusion: {
        trueLabels: shown.map((i) => this.#trueLabels[i] as string),
        predictedLabels: [...this.#labels],
        matrix: shown.map((i) => [...(this.#matrix[i] as number[])]),
      },
    }
  }
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
