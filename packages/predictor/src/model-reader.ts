import { dirname } from 'node:path'
import { messageOf } from '@taskclf/errors'
import type { BundleMetadata, LocalValidBundle } from '@taskclf/registry-core'
import { PredictorError } from './errors.js'
import { DEFAULT_LOADERS, findLoader } from './find-loader.js'
import { orAborted } from './or-aborted.js'
import type { ModelTask, Runtime, RuntimeLoaders } from './runtime.js'

/** A model file that is in no bundle yet. */
export interface LooseModel {
  /** What it is going to be called in a bundle. */
  name: string
  path: string
  bytes: Uint8Array
  /** What its bundle is going to say, as far as it is known. */
  metadata: BundleMetadata
  /** The bytes of a file beside it, by its plain name. */
  read(name: string): Promise<Uint8Array>
}

/** What a model file says of itself. */
export interface ModelFacts {
  /** What its outputs are; absent where the file does not say. */
  task?: ModelTask
  /** What they probably are, where the file does not say. */
  likelyTask?: ModelTask
  features: readonly string[]
  /** Places of features that have no name in the file. */
  unnamed: readonly number[]
  /** Outputs per row. */
  outputs: number
}

/** What looks into model files before there is a bundle. */
export interface ModelReader {
  /** Names and endings for which there is a loader. */
  known: readonly string[]
  loads(name: string): boolean
  look(model: LooseModel): Promise<ModelFacts>
}

/** How a {@link ModelReader} loads. */
export interface ModelReaderOptions {
  /** How long loading may take, in milliseconds. Default: 60,000. */
  timeoutMs?: number
}

/**
 * Reads what model files say of themselves, with the loaders that `loadPredictor` takes.
 *
 * @throws PredictorError `no_loader`, and `load_failed`, also when it takes too long, by `look`.
 * @example
 * ```ts
 * await importModel('model.txt', { out: 'candidate', reader: modelReader(), metrics: { auc: 0.87 } })
 * ```
 */
export function modelReader(
  loaders: RuntimeLoaders = {},
  { timeoutMs = 60_000 }: ModelReaderOptions = {},
): ModelReader {
  return {
    known: Object.keys({ ...DEFAULT_LOADERS, ...loaders }),
    loads: (name) => findLoader([name], loaders) !== undefined,
    look: (model) => look(model, loaders, timeoutMs),
  }
}

async function look(model: LooseModel, loaders: RuntimeLoaders, timeoutMs: number): Promise<ModelFacts> {
  const { name, path, bytes, read } = model
  const loader = findLoader([name], loaders)?.loader
  if (loader === undefined) throw new PredictorError('no_loader', `there is no loader for ${path}`)
  const aborter = new AbortController()
  const { signal } = aborter
  const tooLate = `${path} was not loaded within ${timeoutMs} ms; look at the model, or allow more time`
  const timer = setTimeout(() => aborter.abort(new PredictorError('load_failed', tooLate)), timeoutMs)
  let runtime: Runtime
  try {
    const work = () => loader({ name, path, bytes, read, bundle: bundleToBe(model), signal })
    runtime = await orAborted(work, signal, (late) => late.dispose?.())
  } catch (cause) {
    if (cause instanceof PredictorError) throw cause
    throw new PredictorError('load_failed', `${path} cannot be loaded: ${messageOf(cause)}`, { cause })
  } finally {
    clearTimeout(timer)
  }
  const { task, likelyTask, featureNames: features, unnamed = [], numOutputs: outputs } = runtime
  await runtime.dispose?.()
  return { ...(task && { task }), ...(likelyTask && { likelyTask }), features, unnamed, outputs }
}

/** Loaders are given the bundle of a model; this one is not measured yet. */
function bundleToBe({ name, path, metadata }: LooseModel): LocalValidBundle {
  return {
    status: 'valid',
    modelId: name,
    location: dirname(path),
    path: dirname(path),
    metadata,
    metrics: {},
    encoders: undefined,
    selfTest: undefined,
    derived: { metadata: [], metrics: [] },
    createdAt: { raw: metadata.created_at, epochMicros: 0n },
    artifacts: [name],
    manifest: undefined,
    warnings: [],
  }
}
