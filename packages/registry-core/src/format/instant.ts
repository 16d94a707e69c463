import { parseTimestamp } from './timestamp.js'

const SECOND = 1_000_000n

/**
 * Microseconds since 1970 as ISO 8601 in UTC with all six digits, so that texts order as instants do.
 *
 * @example
 * ```ts
 * instantText(0n) // '1970-01-01T00:00:00.000000Z'
 * ```
 */
export function instantText(epochMicros: bigint): string {
  const micros = ((epochMicros % SECOND) + SECOND) % SECOND
  const seconds = new Date(Number((epochMicros - micros) / 1000n)).toISOString().slice(0, -5)
  return `${seconds}.${micros.toString().padStart(6, '0')}Z`
}

/**
 * Any timestamp text as an instant in UTC, or null.
 *
 * @example
 * ```ts
 * instantOf('2026-02-01T10:30:00+01:00') // '2026-02-01T09:30:00.000000Z'
 * ```
 */
export function instantOf(text: string): string | null {
  const parsed = parseTimestamp(text)
  return parsed.ok ? instantText(parsed.timestamp.epochMicros) : null
}

/**
 * An instant for people: no fraction where it is zero.
 *
 * @example
 * ```ts
 * shortInstant('2026-02-01T09:30:00.000000Z') // '2026-02-01T09:30:00Z'
 * ```
 */
export function shortInstant(text: string | null): string | null {
  return text === null ? null : text.replace('.000000Z', 'Z')
}
