import { FlagsError } from '@taskclf/flags'
import type { Cadence } from '@taskclf/promotion'

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** `daily`, `weekly`, `monthly` (the calendar, UTC), or the age at which a model is due for a successor: `36h`, `7d`. */
export function parseCadence(text: string): Cadence {
  if (text === 'daily' || text === 'weekly' || text === 'monthly') return { calendar: text }
  const everyMs = ageOf(text)
  if (everyMs !== undefined) return { everyMs }
  throw new FlagsError('invalid_value', `a cadence of ${JSON.stringify(text)} cannot be kept`, {
    hint: 'say daily, weekly or monthly, or an age such as 90m, 36h, 7d, 2w',
  })
}

/** The time after a run whose candidate was not taken, in milliseconds; undefined where the flag is not given. */
export function parseRetryAfter(text: string | undefined): { retryAfterMs?: number } {
  if (text === undefined) return {}
  const retryAfterMs = ageOf(text)
  if (retryAfterMs !== undefined) return { retryAfterMs }
  throw new FlagsError('invalid_value', `--retry-after does not take ${JSON.stringify(text)}`, {
    hint: 'say an age such as 90m, 36h, 7d, 2w',
  })
}

function ageOf(text: string): number | undefined {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? []
  const ms = Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined
}

/** When to train again after a candidate that was not taken. */
export const RETRY_AFTER_FLAG = {
  type: 'string',
  value: 'AGE',
  describe: 'How long after a run whose candidate was not taken the next is due (default: as after a model)',
} as const

/** The flag, the same wherever it is asked whether to retrain. */
export const CADENCE_FLAG = {
  type: 'string',
  value: 'daily|weekly|monthly|AGE',
  describe: 'How often to retrain: once a day, week or month (UTC), or at an age such as 36h, 7d',
} as const
