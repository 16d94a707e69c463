// The program of the worker in which large models are parsed; started by parse-model-in-worker.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { LightgbmError } from './errors.js'
import { imageBuffers, parseModelImage } from './model-image.js'

try {
  const image = parseModelImage(workerData as Uint8Array)
  parentPort?.postMessage({ image }, imageBuffers(image))
} catch (error) {
  if (!(error instanceof LightgbmError)) throw error
  const { code, message, line, field } = error
  parentPort?.postMessage({ refusal: { code, message, line, field } })
}
