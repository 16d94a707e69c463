import { nearestName } from '@taskclf/errors'
import type { Finding } from '@taskclf/registry'
import type { SettingsWorld } from './settings.js'

const VARIABLES = [
  'TASKCLF_MODELS_DIR',
  'TASKCLF_MODEL',
  'TASKCLF_CONFIG',
  'TASKCLF_POLICY',
  'TASKCLF_SCHEMA_HASH',
  'TASKCLF_FEATURE_SCHEMA',
  'TASKCLF_LABEL_SET',
  'TASKCLF_RUNS_DIR',
  'TASKCLF_ACTOR',
]

/** Variables that look like settings and are none. */
export function checkEnvironment(env: SettingsWorld['env']): Finding[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('TASKCLF_') && !VARIABLES.includes(name))
    .sort()
    .map((name) => {
      const close = nearestName(name, VARIABLES)
      const advice = close === undefined ? `known are ${VARIABLES.join(', ')}` : `did you mean ${close}?`
      const message = `the environment sets ${name}, which is not a setting`
      return { level: 'note', code: 'unknown_variable', message, advice }
    })
}
