export { type ParseInWorkerOptions, parseModelInWorker } from './parse-model-in-worker.js'
