import type { Cadence } from '@taskclf/promotion'
import { CliError } from '../../../errors.js'

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** `daily`, `weekly`, `monthly` (the calendar, UTC), or the age at which a model is due for a successor: `36h`, `7d`. */
export function parseCadence(text: string): Cadence {
  if (text === 'daily' || text === 'weekly' || text === 'monthly') return { calendar: text }
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? []
  const everyMs = Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]
  if (Number.isSafeInteger(everyMs) && everyMs > 0) return { everyMs }
  throw new CliError('invalid_value', `a cadence of ${JSON.stringify(text)} cannot be kept`, {
    hint: 'say daily, weekly or monthly, or an age such as 90m, 36h, 7d, 2w',
  })
}

/** The flag, the same wherever it is asked whether to retrain. */
export const CADENCE_FLAG = {
  type: 'string',
  value: 'daily|weekly|monthly|AGE',
  describe: 'How often to retrain: once a day, week or month (UTC), or at an age such as 36h, 7d',
} as const
