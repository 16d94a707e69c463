import type { Finding } from '@taskclf/registry'
import { BUNDLE_FILES, type LocalBundle, type LocalValidBundle } from '@taskclf/registry-core'
import type { Settings } from '@taskclf/settings'
import { assumedOf } from '../shared/assumed.js'

/** What predicting has to assume, because bundles leave it open; loads those that do. */
export async function checkPredicting(
  bundles: readonly LocalValidBundle[],
  { pythonInterop }: Pick<Settings, 'pythonInterop'>,
): Promise<Finding[]> {
  const silent: string[] = []
  const open: string[] = []
  for (const bundle of bundles) {
    const isStated = bundle.metadata.preprocessing?.missing_numeric !== undefined
    const assumed = isStated ? [] : await assumedOf(bundle, { pythonInterop })
    if (assumed.some(({ code }) => code === 'missing_rule_assumed')) silent.push(bundle.modelId)
    if (bundle.metadata.reject_threshold === undefined) open.push(bundle.modelId)
  }
  return [
    ...(silent.length === 0 ? [] : [missingRule(silent, pythonInterop)]),
    ...(open.length === 0 || !pythonInterop ? [] : [rejectThreshold(open)]),
  ]
}

/** Bundles that `infer` cannot load, in a models dir where it is of use: where it loads any. */
export function checkInfer(bundles: readonly LocalBundle[]): Finding[] {
  const valid = bundles.filter((bundle) => bundle.status === 'valid')
  const unfit = valid.filter(({ artifacts }) => !artifacts.includes(BUNDLE_FILES.model))
  if (unfit.length === 0 || unfit.length === valid.length) return []
  const lack = unfit.length === 1 ? 'lacks' : 'lack'
  const message = `${counted(unfit.length)} ${lack} what taskclf infer loads: ${BUNDLE_FILES.model}`
  const advice = 'a program of your own that gives a loader can serve them; infer cannot'
  const models = unfit.map(({ modelId }) => modelId)
  return [{ level: 'note', code: 'infer_cannot_load', message, advice, models, consumer: 'infer' }]
}

function missingRule(models: readonly string[], pythonInterop: boolean): Finding {
  const taken = pythonInterop ? '0 where the bundle is of the Python project, else NaN' : 'NaN'
  const message = `${counted(models.length)} of which nobody said what a missing number becomes, although the trees tell NaN from 0: taken as ${taken}`
  const advice = pythonInterop
    ? 'let the trainer write preprocessing.missing_numeric into metadata.json'
    : 'let the trainer write preprocessing.missing_numeric; the Python project fills with 0: "python_interop": true in taskclf.config.json does so too'
  return {
    level: 'note',
    code: 'missing_rule_assumed',
    message,
    advice,
    models: [...models],
    consumer: 'infer',
  }
}

function rejectThreshold(models: readonly string[]): Finding {
  const message = `${counted(models.length)} without reject_threshold: the Python project rejects below 0.55, taskclf rejects nothing`
  const advice = 'let the trainer write reject_threshold, or null to reject nothing'
  return {
    level: 'note',
    code: 'reject_threshold_assumed',
    message,
    advice,
    models: [...models],
    consumer: 'python',
  }
}

const counted = (n: number) => `${n} ${n === 1 ? 'model' : 'models'}`
