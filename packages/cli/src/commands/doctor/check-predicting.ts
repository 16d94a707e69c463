import type { Finding } from '@taskclf/registry'
import type { LocalBundle, LocalValidBundle } from '@taskclf/registry-core'
import type { Settings } from '@taskclf/settings'
import { assumedOf } from '../shared/assumed.js'
import { loadersOf } from '../shared/checks.js'

/** What predicting has to assume, because bundles leave it open; loads those that do. */
export async function checkPredicting(
  bundles: readonly LocalValidBundle[],
  settings: Settings,
): Promise<Finding[]> {
  const { pythonInterop } = settings
  const silent: string[] = []
  const open: string[] = []
  for (const bundle of bundles) {
    const isStated = bundle.metadata.preprocessing?.missing_numeric !== undefined
    const assumed = isStated ? [] : await assumedOf(bundle, settings)
    if (assumed.some(({ code }) => code === 'missing_rule_assumed')) silent.push(bundle.modelId)
    if (bundle.metadata.reject_threshold === undefined) open.push(bundle.modelId)
  }
  return [
    ...(silent.length === 0 ? [] : [missingRule(silent, pythonInterop)]),
    ...(open.length === 0 || !pythonInterop ? [] : [rejectThreshold(open)]),
  ]
}

/** Bundles that `infer` cannot load, in a models dir where it is of use: where it loads any. */
export async function checkInfer(bundles: readonly LocalBundle[], settings: Settings): Promise<Finding[]> {
  const { loadableArtifact } = await import('../shared/check-bundle.js')
  const loaders = await loadersOf(settings)
  const valid = bundles.filter((bundle) => bundle.status === 'valid')
  const unfit = valid.filter(({ artifacts }) => loadableArtifact(artifacts, loaders) === undefined)
  if (unfit.length === 0 || unfit.length === valid.length) return []
  const lack = unfit.length === 1 ? 'lacks' : 'lack'
  const known = ['model.txt', ...Object.keys(loaders)].join(', ')
  const message = `${counted(unfit.length)} ${lack} what taskclf infer can load: ${known}`
  const advice = 'give infer a loader for them: --loader FILE, or "loaders" in taskclf.config.json'
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
