import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { LightgbmError, type Refusal, revive } from './errors.js'
import type { LightgbmModel } from './model.js'
import { type ModelImage, modelFromImage } from './model-image.js'
import { parseModel } from './parse-model.js'

/** How {@link parseModelInWorker} parses. */
export interface ParseInWorkerOptions {
  /** Ends the worker; the promise is rejected with the signal's reason. */
  signal?: AbortSignal
}

/** Beside the built package, beside the sources, and beside the command line's one file. */
const PROGRAMS = ['./parse-worker.js', '../dist/parse-worker.js', './parse-worker.cjs']
const SLICE = 1 << 20

/**
 * `parseModel` in a thread of its own, so that this one goes on answering; the model's arrays are handed over, not copied.
 * Where there cannot be a worker, it is parsed here.
 *
 * @throws `LightgbmError` as `parseModel` does; the signal's reason once it is aborted.
 * @example
 * ```ts
 * import { parseModelInWorker } from '@taskclf/lightgbm/worker'
 *
 * const model = await parseModelInWorker(await readFile('model.txt'), { signal })
 * ```
 */
export async function parseModelInWorker(
  bytes: Uint8Array,
  { signal }: ParseInWorkerOptions = {},
): Promise<LightgbmModel> {
  signal?.throwIfAborted()
  const program = PROGRAMS.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))
  if (program === undefined) return parseModel(bytes)
  const shared = await share(bytes)
  signal?.throwIfAborted()
  const image = await imageFrom(program, shared, signal)
  return image === undefined ? parseModel(bytes) : modelFromImage(image)
}

/** A copy that both threads see, made slice by slice: the bytes stay the caller's, and nobody waits for it. */
async function share(bytes: Uint8Array): Promise<Uint8Array> {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  for (let at = 0; at < bytes.length; at += SLICE) {
    copy.set(bytes.subarray(at, at + SLICE), at)
    await setImmediate()
  }
  return copy
}

interface Answer {
  image?: ModelImage
  refusal?: Refusal
}

/** What the worker makes of the bytes; undefined when there cannot be one here. */
async function imageFrom(
  program: URL,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<ModelImage | undefined> {
  const { Worker } = await import('node:worker_threads')
  let worker: Worker
  try {
    worker = new Worker(program, { workerData: bytes, execArgv: [] })
  } catch {
    return undefined
  }
  const abort = () => void worker.terminate()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const answer = await answerOf(worker)
    if (answer?.refusal !== undefined) throw revive(answer.refusal)
    signal?.throwIfAborted()
    return answer?.image
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

/** Its one message; undefined when it ends without. Only for want of memory that is a failure: parsing here would fail, too. */
function answerOf(worker: Worker): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return resolve(undefined)
      reject(new LightgbmError('too_large', 'there is not enough memory for the model', { cause: error }))
    })
    worker.once('exit', () => resolve(undefined))
  })
}
