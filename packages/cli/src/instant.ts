import { parseTimestamp } from '@taskclf/registry-core'

const SECOND = 1_000_000n

/** Microseconds since 1970 as ISO 8601 in UTC with all six digits, so that texts order as instants do. */
export function instantText(epochMicros: bigint): string {
  const micros = ((epochMicros % SECOND) + SECOND) % SECOND
  const seconds = new Date(Number((epochMicros - micros) / 1000n)).toISOString().slice(0, -5)
  return `${seconds}.${micros.toString().padStart(6, '0')}Z`
}

/** Any timestamp text as an instant in UTC, or null. */
export function instantOf(text: string): string | null {
  const parsed = parseTimestamp(text)
  return parsed.ok ? instantText(parsed.timestamp.epochMicros) : null
}

/** An instant for people: no fraction where it is zero. */
export function shortInstant(text: string | null): string | null {
  return text === null ? null : text.replace('.000000Z', 'Z')
}
