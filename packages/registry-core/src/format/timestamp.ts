import { show } from './describe.js'

/** A moment in time as it was written, and as an instant. */
export interface Timestamp {
  /** The text as it is in the file. */
  raw: string
  /** Microseconds since 1970-01-01T00:00:00Z. */
  epochMicros: bigint
}

/** What {@link parseTimestamp} answers. */
export type TimestampResult = { ok: true; timestamp: Timestamp } | { ok: false; reason: string }

const WHOLE = /^(?<date>[\d-]+)(?:[Tt ](?<time>[\d:.,]+)(?<zone>[Zz]|[+-][\d:.,]+)?)?$/
const DATE = /^(\d{4})(-?)(\d\d)\2(\d\d)$/
/** Hours, and then minutes, seconds and a fraction as far as they are given; with colons throughout or without. */
const CLOCK = /^(\d\d)(?:(:?)(\d\d)(?:\2(\d\d)(?:[.,](\d+))?)?)?$/
const LONGEST = 80
const EXAMPLE = 'write it as RFC 3339, for example 2026-02-01T09:30:00.123456+00:00'

/**
 * Reads a `created_at` text: RFC 3339, what Python's `isoformat()` writes, date only, and the basic ISO 8601 forms
 * (`20260201T000000Z`). Fractions have 1 to 9 digits and are truncated to microseconds; no offset means UTC. Everything
 * else is refused with a reason: leap seconds, hour 24, longer fractions, week dates. Never NaN, never "now".
 *
 * @example
 * ```ts
 * const result = parseTimestamp('2026-02-01T04:09:58.120004+01:00')
 * if (result.ok) result.timestamp.epochMicros // 1769915398120004n
 * ```
 */
export function parseTimestamp(text: string): TimestampResult {
  const parsed = text.length > LONGEST ? EXAMPLE : parse(text)
  if (typeof parsed === 'bigint') return { ok: true, timestamp: { raw: text, epochMicros: parsed } }
  return { ok: false, reason: `${show(text)} is not a timestamp: ${parsed}` }
}

/** The instant, or the reason why there is none. */
function parse(text: string): bigint | string {
  const { date = '', time, zone } = WHOLE.exec(text)?.groups ?? {}
  const day = parseDate(date)
  const clock = parseClock(time ?? '00')
  const offset = parseClock(zone === undefined || /^[Zz]$/.test(zone) ? '00' : zone.slice(1))
  if (typeof day === 'string') return day
  if (typeof clock === 'string') return clock
  if (typeof offset === 'string') return `${offset} (in the offset)`
  if (clock.style !== undefined && clock.style !== day.style)
    return `basic and extended form are mixed; ${EXAMPLE}`
  const local = BigInt(day.days) * 86_400_000_000n + BigInt(clock.micros)
  return local - BigInt(zone?.startsWith('-') ? -offset.micros : offset.micros)
}

type Style = 'basic' | 'extended'

function parseDate(text: string): { days: number; style: Style } | string {
  const match = DATE.exec(text)
  if (match === null) return EXAMPLE
  const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[4])]
  if (year === 0) return 'the year 0 does not exist'
  if (month < 1 || month > 12) return `there is no month ${month}`
  if (day < 1 || day > daysIn(year, month)) return `there is no day ${day} in month ${month} of ${year}`
  return { days: daysSinceEpoch(year, month, day), style: match[2] === '-' ? 'extended' : 'basic' }
}

function parseClock(text: string): { micros: number; style: Style | undefined } | string {
  const match = CLOCK.exec(text)
  if (match === null) return EXAMPLE
  const [, hours, colon, minutes = '00', seconds = '00', fraction = ''] = match
  if (Number(hours) > 23) return 'hours go from 0 to 23; write midnight as 00:00 of the next day'
  if (Number(minutes) > 59) return 'minutes go from 0 to 59'
  if (Number(seconds) > 59) return 'seconds go from 0 to 59; leap seconds are not taken'
  if (fraction.length > 9) return 'a fraction has at most 9 digits'
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  // The first six digits; the rest is cut, not rounded, as Python does.
  const micros = whole * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
  return { micros, style: colon === undefined ? undefined : colon === ':' ? 'extended' : 'basic' }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar; years start in March so that leap days come last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
