import { type Gate, plainName } from '@taskclf/selection-policy'
import { RegistryUseError } from '../errors.js'

const FORM = /^\s*([^\s<>=][^<>=]*?)\s*(>=|<=|==|=)\s*([^\s<>=].*?)\s*$/s

/**
 * A gate as people write it: `auc >= 0.7`, `rmse <= 5`, `acceptance_pass = true`.
 *
 * @throws RegistryUseError `invalid_gate`.
 * @example
 * ```ts
 * parseGate('auc >= 0.7') // { metric: 'auc', min: 0.7 }
 * ```
 */
export function parseGate(text: string): Gate {
  const [, metric, sign, bound] = FORM.exec(text) ?? []
  if (metric === undefined || bound === undefined) throw invalid(text, 'it has no >=, <= or =')
  const value = boundOf(bound)
  if (sign === '=' || sign === '==') return { metric, equals: value }
  if (typeof value !== 'number') throw invalid(text, `${plainName(bound)} is not a number`)
  return sign === '>=' ? { metric, min: value } : { metric, max: value }
}

/** A JSON number, true, false or a quoted text; anything else is a text as it is. */
function boundOf(text: string): boolean | number | string {
  try {
    const value: unknown = JSON.parse(text)
    const isPlain = typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value)
    return isPlain ? (value as boolean | number | string) : text
  } catch {
    // What is not JSON is a text.
    return text
  }
}

function invalid(text: string, why: string): RegistryUseError {
  return new RegistryUseError('invalid_gate', `${plainName(text)} is not a gate: ${why}`, { gate: text })
}
