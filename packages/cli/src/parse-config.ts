import { nearestName } from '@taskclf/errors'
import { parseStrictJson } from '@taskclf/registry-core'
import { CONFIG_KEYS, type Config, configSchema } from './config-schema.js'
import { CliError } from './errors.js'
import { isConfig } from './is-config.js'

/** The configuration in these bytes; every violation at once. */
export function parseConfig(path: string, bytes: Uint8Array): Config {
  const json = parseStrictJson(bytes, path)
  if (!json.ok) throw invalid(path, [{ at: json.problem.at ?? '', message: json.problem.message }])
  if (json.duplicateKeys.length === 0 && isConfig(json.value)) return json.value
  // Asked for what is wrong.
  const checked = configSchema.safeParse(json.value)
  const violations = [
    ...json.duplicateKeys.map((at) => ({ at, message: 'stands there twice' })),
    ...(checked.error?.issues ?? []).flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [{ at: issue.path.join('.'), message: issue.message }]
      return issue.keys.map((key) => {
        const close = nearestName(key, CONFIG_KEYS)
        const at = [...issue.path, key].join('.')
        return {
          at,
          message: 'is not a known key',
          ...(close !== undefined && issue.path.length === 0 && { nearest: close }),
        }
      })
    }),
  ]
  if (violations.length > 0 || checked.data === undefined) throw invalid(path, violations)
  return checked.data
}

function invalid(path: string, violations: { at: string; message: string; nearest?: string }[]): CliError {
  const lines = violations.map(
    ({ at, message, nearest }) =>
      `  ${at || 'the file'}: ${message}${nearest ? `; did you mean ${nearest}?` : ''}`,
  )
  return new CliError('config_invalid', `${path} is not a valid configuration:\n${lines.join('\n')}`, {
    hint: 'correct every line named above',
    details: { file: path, violations },
  })
}
