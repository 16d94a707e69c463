import { messageOf } from '@taskclf/errors'
import type { Artifact, Runtime, RuntimeLoader, RuntimeLoaders } from '@taskclf/predictor'
import type { InferenceSession } from 'onnxruntime-node'
import { OnnxError } from './errors.js'
import { findExternalData } from './find-external-data.js'
import { readInputs } from './model-inputs.js'
import { chooseOutputs } from './model-outputs.js'
import { importOnnxruntime, type Ort } from './onnxruntime.js'
import { createRuntime } from './session-runtime.js'
import { withinTime } from './within-time.js'

/** How {@link createOnnxLoader} loads models. */
export interface OnnxLoaderOptions {
  /** The columns of a model with a single input, in its order; instead of `feature_names` of metadata.json. */
  featureNames?: readonly string[]
  /** The output that holds the probabilities, values or scores, of a model with several outputs of numbers. */
  output?: string
  /** A model that is not loaded by then is given up. Default 60,000 milliseconds. */
  timeLimitMs?: number
  /** Options of onnxruntime, such as `intraOpNumThreads`. Where data come from is not among them. */
  sessionOptions?: Omit<InferenceSession.SessionOptions, 'externalData'>
}

/**
 * Makes a loader of ONNX models with options of its own.
 *
 * @example
 * ```ts
 * const loader = createOnnxLoader({ featureNames: ['age', 'plan'], sessionOptions: { intraOpNumThreads: 1 } })
 * const predictor = await loadPredictor(bundle, { loaders: { '*.onnx': loader } })
 * ```
 */
export function createOnnxLoader(options: OnnxLoaderOptions = {}): RuntimeLoader {
  return async (artifact) => {
    const ort = await importOnnxruntime()
    const { timeLimitMs = 60_000 } = options
    return withinTime(() => load(ort, artifact, options), timeLimitMs, artifact.name)
  }
}

/**
 * Loads an ONNX model from the verified bytes of a bundle; data beside the model only from files that the bundle names in
 * `artifacts`.
 *
 * @throws {@link OnnxError}; PredictorError `artifact_escapes` for data elsewhere, `integrity_mismatch` for changed data.
 * @example
 * ```ts
 * const predictor = await loadPredictor(bundle, { loaders: { 'model.onnx': loadOnnx } })
 * ```
 */
export const loadOnnx: RuntimeLoader = createOnnxLoader()

/**
 * What the predictor takes as `loaders`: {@link loadOnnx} for every `*.onnx`.
 *
 * @example
 * ```ts
 * const reloader = await createModelReloader({ modelsDir: 'models', ...predictorUnit({ loaders: onnxLoaders }) })
 * ```
 */
export const onnxLoaders: RuntimeLoaders = { '*.onnx': loadOnnx }

async function load(ort: Ort, artifact: Artifact, options: OnnxLoaderOptions): Promise<Runtime> {
  const session = await openSession(ort, artifact, options)
  try {
    const inputs = readInputs(session.inputMetadata, options.featureNames ?? namesOf(artifact))
    const outputs = chooseOutputs(session.outputMetadata, options.output)
    return await createRuntime(ort, session, inputs, outputs)
  } catch (error) {
    await session.release()
    throw error
  }
}

async function openSession(
  ort: Ort,
  { bytes, name, read }: Artifact,
  { sessionOptions }: OnnxLoaderOptions,
): Promise<InferenceSession> {
  const externalData: { path: string; data: Uint8Array }[] = []
  for (const { location, isInner } of findExternalData(bytes)) {
    const data = await read(location)
    if (isInner) throw innerData(name, location)
    externalData.push({ path: location, data })
  }
  try {
    return await ort.InferenceSession.create(bytes, {
      ...sessionOptions,
      externalData,
      extra: { ...sessionOptions?.extra, session: { load_model_format: 'ONNX' } },
    })
  } catch (cause) {
    throw new OnnxError('model_refused', `onnxruntime refuses ${name}: ${messageOf(cause)}`, { cause })
  }
}

/** onnxruntime takes given bytes for initializers alone; what else names a file it would open itself, in the working directory. */
function innerData(name: string, location: string): OnnxError {
  const message = `${name} has data in ${location} for other tensors than the initializers of its main graph; save it in one file`
  return new OnnxError('inner_data', message, { details: { location } })
}

/** The columns that metadata.json names in the order of training. */
function namesOf({ bundle }: Artifact): readonly string[] | undefined {
  const names: unknown = bundle.metadata.feature_names
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : undefined
}
