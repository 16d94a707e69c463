import { CliError } from '../../../errors.js'

const MOST_ROWS = 1000

/** `--rows`; undefined leaves it to the library. */
export function rowCount(rows: number | undefined): { rows?: number } {
  if (rows === undefined) return {}
  if (rows <= MOST_ROWS) return { rows }
  throw new CliError('invalid_value', `--rows takes at most ${MOST_ROWS}, not ${rows}`)
}

/** `--tolerance`; undefined leaves it to the library. */
export function toleranceOf(text: string | undefined): { tolerance?: number } {
  if (text === undefined) return {}
  const tolerance = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (tolerance < 0.25) return { tolerance }
  const message = `--tolerance takes a number from 0 to below half of what chance gives a label (0.25 for two labels), not ${JSON.stringify(text)}`
  throw new CliError('invalid_value', message)
}
