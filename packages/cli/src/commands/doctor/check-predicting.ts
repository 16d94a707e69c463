import type { Finding } from '@taskclf/registry'
import type { LocalValidBundle } from '@taskclf/registry-core'
import type { Settings } from '../../settings.js'
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

function missingRule(models: readonly string[], pythonInterop: boolean): Finding {
  const taken = pythonInterop ? '0 where the bundle is of the Python project, else NaN' : 'NaN'
  const message = `${counted(models.length)} of which nobody said what a missing number becomes, although the trees tell NaN from 0: taken as ${taken}`
  const advice = pythonInterop
    ? 'let the trainer write preprocessing.missing_numeric into metadata.json'
    : 'let the trainer write preprocessing.missing_numeric; the Python project fills with 0: "python_interop": true in taskclf.config.json does so too'
  return { level: 'note', code: 'missing_rule_assumed', message, advice, models: [...models] }
}

function rejectThreshold(models: readonly string[]): Finding {
  const message = `${counted(models.length)} without reject_threshold: the Python project rejects below 0.55, taskclf rejects nothing`
  const advice = 'let the trainer write reject_threshold, or null to reject nothing'
  return { level: 'note', code: 'reject_threshold_assumed', message, advice, models: [...models] }
}

const counted = (n: number) => `${n} ${n === 1 ? 'model' : 'models'}`
