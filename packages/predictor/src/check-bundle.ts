import { messageOf } from '@taskclf/errors'
import {
  type BundleChecks,
  type BundleContent,
  type CheckCode,
  type CheckResult,
  type LocalValidBundle,
  RegistryError,
  readBundleContent,
} from '@taskclf/registry-core'
import { PredictorError } from './errors.js'
import { type FeatureColumns, requireColumns } from './feature-columns.js'
import { type LoadPredictorOptions, loadPredictor } from './load-predictor.js'
import { orAborted } from './or-aborted.js'
import type { Predictor } from './predictor.js'
import { runSelfTest } from './run-self-test.js'

/** How {@link checkBundle} tries a bundle: as `loadPredictor` would load it. */
export interface CheckBundleOptions extends Omit<LoadPredictorOptions, 'bytes' | 'verify'> {
  /** What to check, read before; without, it is read here. */
  content?: BundleContent
  /** The feature schema whose rows it will be given: a model that states this hash and needs other columns fails. */
  features?: FeatureColumns
}

/**
 * Tries whether a bundle can serve: loads it from its bytes, runs its `self_test.json` (without one, predicts a row of
 * missing values) and lets it go. What it finds is its answer, never thrown: `not_checked` where nothing here can load the
 * bundle, `failed` with a code where it must not serve.
 *
 * @throws RegistryError `io` when the environment failed, so that nothing can be said of the bundle.
 * @example
 * ```ts
 * const result = await checkBundle(bundle)
 * if (result.status === 'failed') console.error(result.code, result.message)
 * ```
 */
export async function checkBundle(
  bundle: LocalValidBundle,
  { content, features, signal, ...options }: CheckBundleOptions = {},
): Promise<CheckResult> {
  try {
    const { bytes } = content ?? (await readBundleContent(bundle, signal && { signal }))
    const given = { bytes, ...(signal && { signal }) }
    const predictor = await loadPredictor(bundle, { ...options, ...given })
    const letGo = () => orAborted(() => predictor.dispose(), signal)
    try {
      if (features) requireColumns(predictor, bundle, features)
      if (bundle.selfTest) await runSelfTest(predictor, bundle, signal && { signal })
      else await orAborted(() => predictNothing(predictor), signal)
    } catch (error) {
      await letGo().catch(() => {})
      throw error
    }
    await letGo()
    return { status: 'passed' }
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'io') throw error
    if (error instanceof PredictorError && error.code === 'io')
      throw new RegistryError('io', bundle.path, error.message, { cause: error })
    return found(bundle, error, signal)
  }
}

/** Loaders for {@link predictorChecks}, and what to do with bundles that none of them loads. */
export interface PredictorChecksOptions
  extends Omit<CheckBundleOptions, 'content' | 'signal'>,
    Pick<BundleChecks, 'allowUnchecked' | 'timeoutMs'> {}

/**
 * The checks that promotion and the active pointer take as `checks`: {@link checkBundle} with these loaders.
 *
 * @example
 * ```ts
 * await writeActiveAtomic('models', { modelId, checks: predictorChecks({ loaders: { '*.onnx': loadOnnx } }) })
 * ```
 */
export function predictorChecks({
  allowUnchecked,
  timeoutMs,
  ...options
}: PredictorChecksOptions = {}): BundleChecks {
  return {
    check: (bundle, { content, signal }) => checkBundle(bundle, { ...options, content, signal }),
    ...(allowUnchecked !== undefined && { allowUnchecked }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  }
}

/** A row in which every value is missing is one that any model must answer. */
async function predictNothing(predictor: Predictor): Promise<void> {
  try {
    await predictor.predictBatch([predictor.columns.map(() => null)])
  } catch (cause) {
    const message = `${predictor.modelId} cannot predict a row of missing values: ${messageOf(cause)}`
    throw new PredictorError('self_test_failed', message, { cause })
  }
}

/** Nothing here can load it: that says nothing against it. */
const NOT_CHECKED = ['no_loader']

function found({ modelId }: LocalValidBundle, error: unknown, signal: AbortSignal | undefined): CheckResult {
  if (signal?.aborted) {
    const message = `${modelId} was not checked to the end: ${messageOf(signal.reason)}`
    return { status: 'failed', code: 'load_timed_out', message }
  }
  const code = error instanceof PredictorError || error instanceof RegistryError ? error.code : ''
  const message = messageOf(error)
  if (NOT_CHECKED.includes(code)) return { status: 'not_checked', code: 'not_checked', message }
  return { status: 'failed', code: codeOf(code), message }
}

function codeOf(code: string): CheckCode {
  if (code === 'integrity_mismatch') return code
  return code === 'self_test_failed' || code === 'self_test_invalid' ? 'self_test_failed' : 'load_failed'
}
