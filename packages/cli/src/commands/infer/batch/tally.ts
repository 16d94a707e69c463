import type { InferBatch } from '../../../documents/infer-batch.js'

/** True labels that the model does not know count together: a column of ids must not fill the memory. */
const OTHER = '(other)'

/** Counts predictions as they pass, in constant memory. */
export class Tally {
  rows = 0
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

  get labels(): InferBatch['labels'] {
    return this.#labels.map((label, i) => ({ label, rows: this.#counts[i] as number }))
  }

  accuracy(labelColumn: string): NonNullable<InferBatch['accuracy']> {
    const rows = sum(this.#matrix.flat())
    const correct = sum(this.#labels.map((_, i) => this.#matrix[i]?.[i] ?? 0))
    // Those that are no label of the model appear only where they are needed.
    const shown = this.#trueLabels
      .map((_, i) => i)
      .filter((i) => i < this.#known || sum(this.#matrix[i] as number[]) > 0)
    return {
      label_column: labelColumn,
      rows,
      correct,
      accuracy: share(correct, rows),
      accepted_rows: this.#acceptedRows,
      accepted_accuracy: share(this.#acceptedCorrect, this.#acceptedRows),
      confusion: {
        true_labels: shown.map((i) => this.#trueLabels[i] as string),
        predicted_labels: [...this.#labels],
        matrix: shown.map((i) => [...(this.#matrix[i] as number[])]),
      },
    }
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
