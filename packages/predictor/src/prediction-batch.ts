import type { PredictionBatch } from './predictor.js'

/** One output is the probability of the second label. */
export function spread(outputs: ArrayLike<number>, count: number, probabilities: Float64Array): void {
  for (let r = 0; r < count; r++) {
    const second = outputs[r] as number
    probabilities[2 * r] = 1 - second
    probabilities[2 * r + 1] = second
  }
}

/** A batch for so many rows of so many outputs; arrays that are long enough are used again. */
export function batchFor(count: number, width: number, reuse: PredictionBatch | undefined): PredictionBatch {
  const isEnough = reuse !== undefined && reuse.best.length >= count && reuse.outputs.length >= count * width
  if (isEnough) {
    reuse.count = count
    return reuse
  }
  return {
    count,
    best: new Int32Array(count),
    confidence: new Float64Array(count),
    rejected: new Uint8Array(count),
    outputs: new Float64Array(count * width),
  }
}
