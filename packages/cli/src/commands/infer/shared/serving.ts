import { resolve } from 'node:path'
import { FlagsError } from '@taskclf/flags'
import type { OnBrokenPointer, ResolveOptions } from '@taskclf/infer-resolver'
import { type PredictorUnit, predictorUnit } from '@taskclf/predictor'
import type { Context } from '../../../command.js'
import { loadersOf } from '../../shared/checks.js'

/** What flags and settings say of the model to predict with: where it is looked for, and how it is loaded. */
export async function servingOptions(
  options: {
    'model-dir': string | undefined
    'on-broken': OnBrokenPointer | undefined
    'reject-threshold': string | undefined
  },
  { settings, cwd, now }: Context,
): Promise<ResolveOptions & { modelsDir: string } & PredictorUnit> {
  const { 'model-dir': modelDir, 'on-broken': onBrokenPointer, 'reject-threshold': threshold } = options
  return {
    modelsDir: settings.modelsDir,
    policy: (await settings.policy()).policy,
    requirement: await settings.requirement(),
    now,
    ...(onBrokenPointer !== undefined && { onBrokenPointer }),
    ...(modelDir !== undefined && { modelDir: resolve(cwd, modelDir) }),
    ...predictorUnit({
      ...rejectThreshold(threshold),
      pythonInterop: settings.pythonInterop,
      loaders: await loadersOf(settings),
    }),
  }
}

/** `--reject-threshold`: a probability, or `none`; undefined leaves it to the bundle. */
function rejectThreshold(text: string | undefined): { rejectThreshold?: number | null } {
  if (text === undefined) return {}
  if (text === 'none') return { rejectThreshold: null }
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (value <= 1) return { rejectThreshold: value }
  const message = `--reject-threshold takes a probability from 0 to 1, or none, not ${JSON.stringify(text)}`
  throw new FlagsError('invalid_value', message)
}
