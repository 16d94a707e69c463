import { messageOf } from '@taskclf/errors'
import type { ValidBundle } from '@taskclf/registry-core'
import type { Answers } from './answers.js'
import { PredictorError } from './errors.js'
import { batchFor, spread } from './prediction-batch.js'
import type { PredictionWatch } from './prediction-watch.js'
import {
  type Prediction,
  type PredictionBatch,
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

/** Rounding in a runtime's single precision; anything further off is not a probability. */
const SLACK = 1e-6

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

  async predict(rows: readonly FeatureRow[]): Promise<Prediction[]> {
    let unknown: readonly UnknownCells[] = []
    const batch = await this.#answer(rows, undefined, (_, input) => {
      unknown = this.#encoder.unknownCells(rows, input)
    })
    return toPredictions(batch, this, unknown)
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
    if (this.task === 'classification') this.#decide(batch)
    else this.#requireFinite(batch)
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

  #decide({ count, best, confidence, rejected, outputs }: PredictionBatch): void {
    const width = this.labels.length
    const threshold = this.rejectThreshold ?? -1
    for (let r = 0; r < count; r++) {
      let top = 0
      for (let i = 0; i < width; i++) {
        const probability = outputs[r * width + i] as number
        if (!(probability >= -SLACK && probability <= 1 + SLACK)) throw this.#noProbability(r, probability)
        if (probability > (outputs[r * width + top] as number)) top = i
      }
      const highest = outputs[r * width + top] as number
      best[r] = top
      confidence[r] = highest
      rejected[r] = highest < threshold ? 1 : 0
    }
  }

  #requireFinite({ count, outputs }: PredictionBatch): void {
    const width = this.outputs.length
    const odd = outputs.subarray(0, count * width).findIndex((output) => !Number.isFinite(output))
    if (odd === -1) return
    const message = `${this.modelId}: ${this.artifact} answered ${outputs[odd]}, which is not a finite number`
    throw new PredictorError('bad_output', message, { row: Math.floor(odd / width) })
  }

  #noProbability(row: number, value: number): PredictorError {
    const message = `${this.modelId}: ${this.artifact} answered ${value}, which is not a probability; its outputs must be probabilities`
    return new PredictorError('bad_output', message, { row })
  }
}
