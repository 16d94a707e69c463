import { normalize } from 'node:path'
import { nearestName } from '@taskclf/errors'
import { parseStrictJson } from '@taskclf/registry-core'
import { CONFIG_KEYS, type Config, configSchema, FAMILY_KEYS, PLACE_KEYS } from './config-schema.js'
import { SettingsError } from './errors.js'
import { isConfig } from './is-config.js'

/** The configuration in these bytes; every violation at once. */
export function parseConfig(path: string, bytes: Uint8Array): Config {
  const json = parseStrictJson(bytes, path)
  if (!json.ok) throw invalid(path, [{ at: json.problem.at ?? '', message: json.problem.message }])
  if (json.duplicateKeys.length === 0 && isConfig(json.value)) {
    const { models } = json.value
    if (models === undefined || familyViolations(json.value, models).length === 0) return json.value
  }
  // Asked for what is wrong.
  const checked = configSchema.safeParse(json.value)
  const violations = [
    ...json.duplicateKeys.map((at) => ({ at, message: 'stands there twice' })),
    ...(checked.error?.issues ?? []).flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [{ at: issue.path.join('.'), message: issue.message }]
      return issue.keys.map((key) => {
        const close = nearestName(key, keysAt(issue.path))
        const at = [...issue.path, key].join('.')
        return { at, message: 'is not a known key', ...(close !== undefined && { nearest: close }) }
      })
    }),
    ...(checked.data?.models === undefined ? [] : familyViolations(checked.data, checked.data.models)),
  ]
  if (violations.length > 0 || checked.data === undefined) throw invalid(path, violations)
  return checked.data
}

/** The keys that may be there: of the configuration, of a family, or of something else. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return CONFIG_KEYS
  return path.length === 2 && path[0] === 'models' ? FAMILY_KEYS : []
}

/** Families that would share what only one can have: a place beside them, or the same models dir and so the same active model. */
function familyViolations(config: Config, models: NonNullable<Config['models']>) {
  const beside = PLACE_KEYS.filter((key) => config[key] !== undefined).map((at) => ({
    at,
    message: 'names one place for all families; write it into each of models',
  }))
  const owners = new Map<string, string>()
  const twice = Object.entries(models).flatMap(([name, { models_dir }]) => {
    const place = normalize(`${models_dir}/`)
    const owner = owners.get(place)
    owners.set(place, owner ?? name)
    const message = `is that of ${owner} too: they would share one active model; give each its own`
    return owner === undefined ? [] : [{ at: `models.${name}.models_dir`, message }]
  })
  return [...beside, ...twice]
}

function invalid(
  path: string,
  violations: { at: string; message: string; nearest?: string }[],
): SettingsError {
  const lines = violations.map(
    ({ at, message, nearest }) =>
      `  ${at || 'the file'}: ${message}${nearest ? `; did you mean ${nearest}?` : ''}`,
  )
  return new SettingsError('config_invalid', `${path} is not a valid configuration:\n${lines.join('\n')}`, {
    hint: 'correct every line named above',
    details: { file: path, violations },
  })
}
