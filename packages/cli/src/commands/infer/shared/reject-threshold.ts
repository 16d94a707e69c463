import { CliError } from '../../../errors.js'

/** `--reject-threshold`: a probability, or `none`; undefined leaves it to the bundle. */
export function rejectThreshold(text: string | undefined): { rejectThreshold?: number | null } {
  if (text === undefined) return {}
  if (text === 'none') return { rejectThreshold: null }
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (value <= 1) return { rejectThreshold: value }
  const message = `--reject-threshold takes a probability from 0 to 1, or none, not ${JSON.stringify(text)}`
  throw new CliError('invalid_value', message)
}
