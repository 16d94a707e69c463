import type { BundleContent, LocalValidBundle } from '@taskclf/registry-core'
import { type LoadPredictorOptions, loadPredictor } from './load-predictor.js'
import type { Predictor } from './predictor.js'
import { runSelfTest } from './run-self-test.js'

/** What is given to whatever loads a model, so that it is a predictor: how one is loaded, proved, and let go. */
export interface PredictorUnit {
  load(
    bundle: LocalValidBundle,
    context: { bytes: BundleContent['bytes']; signal?: AbortSignal },
  ): Promise<Predictor>
  selfTest: typeof runSelfTest
  dispose(predictor: Predictor): Promise<void>
}

/**
 * How a program serves predictors: what `startModel`, `createModelReloader` and the `reloader` of a registry take besides where to look.
 *
 * @example
 * ```ts
 * const reloader = await createModelReloader({ modelsDir: 'models', ...predictorUnit() })
 * const predictions = await reloader.use((predictor) => predictor.predict(rows))
 * ```
 */
export function predictorUnit(options: Omit<LoadPredictorOptions, 'bytes' | 'signal'> = {}): PredictorUnit {
  return {
    // The bytes that were hashed, until the load is given up.
    load: (bundle, context) => loadPredictor(bundle, { ...options, ...context }),
    selfTest: runSelfTest,
    dispose: (predictor) => predictor.dispose(),
  }
}
