import { messageOf } from '@taskclf/errors'
import type { ValidBundle } from '@taskclf/registry-core'
import type { Answers } from './answers.js'
import { decide, requireFinite } from './decide-batch.js'
import { PredictorError } from './errors.js'
import { checkMost, explainBatch } from './explain-batch.js'
import type { Explanation } from './explanation.js'
import { batchFor, spread } from './prediction-batch.js'
import type { PredictionWatch } from './prediction-watch.js'
import {
  type Prediction,
  type PredictionBatch,
  type PredictOptions,
  type Predictor,
  type PredictorNote,
  REJECT_LABEL,
} from './predictor.js'
import type { FeatureRow, RowEncoder, UnknownCells } from './row-encoder.js'
import type { ModelTask, Runtime } from './runtime.js'
import { toPredictions } from './to-predictions.js'

/** The parts of a predictor, each checked against the others. */
export interface Parts {
  bundle: ValidBundle
  artifact: string
  runtime: Runtime
  encoder: RowEncoder
  answers: Pick<Answers, 'task' | 'outputs'>
  rejectThreshold: number | null
  notes: readonly PredictorNote[]
}

const NO_NUMBERS = new Float64Array(0)

/** Encoder, runtime, labels and threshold as one unit. */
export class BundlePredictor implements Predictor {
  readonly modelId: string
  readonly task: ModelTask
  readonly outputs: readonly string[]
  readonly labels: readonly string[]
  readonly columns: readonly string[]
  readonly byPlace: readonly string[]
  readonly categorical: readonly string[]
  readonly rejectThreshold: number | null
  readonly rejectLabel: string
  readonly notes: readonly PredictorNote[]
  readonly artifact: string
  readonly #runtime: Runtime
  readonly #encoder: RowEncoder
  /** Free to be used by the next call; a runtime that takes its time keeps its own. */
  #spare: Float64Array | undefined
  #isDisposed = false

  constructor({ bundle, artifact, runtime, encoder, answers, rejectThreshold, notes }: Parts) {
    this.modelId = bundle.modelId
    this.task = answers.task
    this.outputs = answers.outputs
    this.labels = answers.task === 'classification' ? answers.outputs : []
    this.columns = runtime.featureNames
    this.byPlace = encoder.byPlace
    this.categorical = encoder.categorical
    this.rejectThreshold = rejectThreshold
    this.rejectLabel = bundle.metadata.reject_label ?? REJECT_LABEL
    this.notes = notes
    this.artifact = artifact
    this.#runtime = runtime
    this.#encoder = encoder
  }

  async predict(rows: readonly FeatureRow[], { explain }: PredictOptions = {}): Promise<Prediction[]> {
    let unknown: readonly UnknownCells[] = []
    const numbers = { input: NO_NUMBERS }
    if (explain !== undefined) checkMost(explain)
    const batch = await this.#answer(rows, undefined, (_, input) => {
      unknown = this.#encoder.unknownCells(rows, input)
      if (explain !== undefined) numbers.input = input.slice()
    })
    const predictions = toPredictions(batch, this, unknown)
    if (explain === undefined) return predictions
    const explanations = await this.#explain(rows, numbers.input, batch, explain)
    return predictions.map((prediction, r) => ({
      ...prediction,
      explanation: explanations[r] as Explanation,
    }))
  }

  async explain(rows: readonly FeatureRow[], most: number): Promise<Explanation[]> {
    checkMost(most)
    const numbers = { input: NO_NUMBERS }
    const batch = await this.#answer(rows, undefined, (_, input) => {
      numbers.input = input.slice()
    })
    return this.#explain(rows, numbers.input, batch, most)
  }

  async #explain(
    rows: readonly FeatureRow[],
    input: Float64Array,
    batch: PredictionBatch,
    most: number,
  ): Promise<Explanation[]> {
    const { modelId, artifact, task, outputs, columns } = this
    const model = { modelId, artifact, task, outputs, columns, runtime: this.#runtime }
    const cellOf = (row: FeatureRow, column: number) => this.#encoder.cellOf(row, column)
    return explainBatch(model, { rows, input, batch, cellOf }, most)
  }

  async predictBatch(
    rows: readonly FeatureRow[],
    reuse?: PredictionBatch,
    watch?: PredictionWatch,
  ): Promise<PredictionBatch> {
    return this.#answer(
      rows,
      reuse,
      watch &&
        (({ count, outputs }, input) => {
          watch.see({
            columns: this.columns,
            count,
            input,
            output: outputs.subarray(0, count * this.outputs.length),
            ...this.#encoder.silentColumns(rows, input),
            unknownCells: this.#encoder.unknownCells(rows, input),
          })
        }),
    )
  }

  /** `look` is shown the answers and the numbers that they are for, before those are used again. */
  async #answer(
    rows: readonly FeatureRow[],
    reuse: PredictionBatch | undefined,
    look: ((batch: PredictionBatch, input: Float64Array) => void) | undefined,
  ): Promise<PredictionBatch> {
    this.#checkAlive()
    if (!Array.isArray(rows)) throw new PredictorError('bad_row', 'rows must be a list, even of one row')
    const count = rows.length
    const batch = batchFor(count, this.outputs.length, reuse)
    const size = count * this.columns.length
    const features = this.#takeSpare(size)
    const input = features.subarray(0, size)
    this.#encoder.encode(rows, input)
    if (count > 0) await this.#run(input, batch)
    if (this.task === 'classification') decide(batch, this)
    else requireFinite(batch, this)
    look?.(batch, input)
    this.#spare = features
    return batch
  }

  encode(rows: readonly FeatureRow[]): Float64Array {
    const out = new Float64Array(rows.length * this.columns.length)
    this.#encoder.encode(rows, out)
    return out
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#isDisposed = true
    this.#spare = undefined
    await this.#runtime.dispose?.()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose()
  }

  #checkAlive(): void {
    if (!this.#isDisposed) return
    throw new PredictorError('disposed', `${this.modelId} was disposed of; load it again to predict`)
  }

  #takeSpare(size: number): Float64Array {
    const spare = this.#spare
    this.#spare = undefined
    return spare && spare.length >= size ? spare : new Float64Array(size)
  }

  /** Fills the outputs; of a classifier one for each label. */
  async #run(input: Float64Array, { count, outputs: filled }: PredictionBatch): Promise<void> {
    const { numOutputs } = this.#runtime
    const isSingle = numOutputs !== this.outputs.length
    const outputs = await this.#ask(input, count, isSingle ? undefined : filled)
    if (outputs !== filled && outputs.length !== count * numOutputs) {
      const message = `${this.modelId}: ${this.artifact} answered ${outputs.length} numbers for ${count} rows of ${numOutputs}`
      throw new PredictorError('bad_output', message)
    }
    // Writing them into numbers would make a number of what is none.
    const odd =
      outputs instanceof Float64Array
        ? -1
        : Array.from(outputs).findIndex((output) => typeof output !== 'number')
    if (odd !== -1) {
      const message = `${this.modelId}: ${this.artifact} answered ${JSON.stringify(outputs[odd])}, which is no number`
      throw new PredictorError('bad_output', message, { row: Math.floor(odd / numOutputs) })
    }
    if (isSingle) spread(outputs, count, filled)
    else if (outputs !== filled) {
      for (let i = 0; i < count * numOutputs; i++) filled[i] = outputs[i] as number
    }
  }

  /** What the runtime answers; that it cannot is not a fault of the rows. */
  async #ask(input: Float64Array, count: number, out: Float64Array | undefined): Promise<ArrayLike<number>> {
    try {
      return await this.#runtime.predictRows(input, count, out)
    } catch (cause) {
      const message = `${this.modelId}: ${this.artifact} cannot predict: ${messageOf(cause)}; look at the model`
      throw new PredictorError('predict_failed', message, { cause })
    }
  }
}
