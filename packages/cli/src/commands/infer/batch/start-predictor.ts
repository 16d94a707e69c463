import { resolve } from 'node:path'
import { ReloadError, type StartedModel, startModel } from '@taskclf/infer-resolver'
import { loadPredictor, type Predictor, PredictorError, runSelfTest } from '@taskclf/predictor'
import { RegistryError } from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf } from '../../../command.js'
import type { Context } from '../../../context.js'
import { onBroken } from '../shared/on-broken.js'
import { rejectThreshold } from '../shared/reject-threshold.js'
import type { INFER_BATCH_FLAGS } from './flags.js'

/** The model to predict with: found, compared with what was activated, loaded, and held to its self-test. */
export async function startPredictor(
  options: OptionsOf<typeof INFER_BATCH_FLAGS> & GlobalOptions,
  { settings, cwd, now }: Context,
): Promise<StartedModel<Predictor>> {
  const { 'model-dir': modelDir, 'reject-threshold': threshold } = options
  const how = { ...rejectThreshold(threshold), pythonInterop: settings.pythonInterop }
  const requirement = await settings.requirement()
  const { policy } = await settings.policy()
  try {
    return await startModel<Predictor>({
      modelsDir: settings.modelsDir,
      policy,
      requirement,
      now,
      ...onBroken(options),
      ...(modelDir !== undefined && { modelDir: resolve(cwd, modelDir) }),
      load: (bundle, context) => loadPredictor(bundle, { ...how, ...context }),
      selfTest: runSelfTest,
      dispose: (predictor) => predictor.dispose(),
      // Nobody is kept waiting: a large model may take its time.
      loadTimeoutMs: Number.POSITIVE_INFINITY,
    })
  } catch (error) {
    throw nearestCause(error)
  }
}

/** What reading or loading said is nearer to the mend than that the model did not start. */
function nearestCause(error: unknown): unknown {
  if (!(error instanceof ReloadError)) return error
  const { cause } = error
  return cause instanceof PredictorError || cause instanceof RegistryError ? cause : error
}
