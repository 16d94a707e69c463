import { FlagsError } from '@taskclf/flags'

/** `--tolerance`; undefined leaves it to the library. */
export function toleranceOf(text: string | undefined): { tolerance?: number } {
  if (text === undefined) return {}
  const tolerance = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (tolerance < 0.25) return { tolerance }
  const message = `--tolerance takes a number from 0 to below half of what chance gives (0.25 for two labels), not ${JSON.stringify(text)}`
  throw new FlagsError('invalid_value', message)
}
