import { PredictorError } from './errors.js'
import type { PredictionBatch, Predictor } from './predictor.js'

/** Rounding in a runtime's single precision; anything further off is not a probability. */
const SLACK = 1e-6

type Model = Pick<Predictor, 'modelId' | 'artifact' | 'labels' | 'outputs' | 'rejectThreshold'>

/** Finds the most probable label of each row, and whether it is rejected. Throws PredictorError `bad_output`. */
export function decide(batch: PredictionBatch, model: Model): void {
  const { count, best, confidence, rejected, outputs } = batch
  const width = model.labels.length
  const threshold = model.rejectThreshold ?? -1
  for (let r = 0; r < count; r++) {
    let top = 0
    for (let i = 0; i < width; i++) {
      const probability = outputs[r * width + i] as number
      if (!(probability >= -SLACK && probability <= 1 + SLACK)) throw noProbability(model, r, probability)
      if (probability > (outputs[r * width + top] as number)) top = i
    }
    const highest = outputs[r * width + top] as number
    best[r] = top
    confidence[r] = highest
    rejected[r] = highest < threshold ? 1 : 0
  }
}

/** Throws PredictorError `bad_output` for a value or score that is not finite. */
export function requireFinite({ count, outputs }: PredictionBatch, model: Model): void {
  const width = model.outputs.length
  const odd = outputs.subarray(0, count * width).findIndex((output) => !Number.isFinite(output))
  if (odd === -1) return
  const message = `${model.modelId}: ${model.artifact} answered ${outputs[odd]}, which is not a finite number`
  throw new PredictorError('bad_output', message, { row: Math.floor(odd / width) })
}

function noProbability({ modelId, artifact }: Model, row: number, value: number): PredictorError {
  const message = `${modelId}: ${artifact} answered ${value}, which is not a probability; its outputs must be probabilities`
  return new PredictorError('bad_output', message, { row })
}
