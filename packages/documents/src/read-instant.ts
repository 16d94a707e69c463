import { instantText, parseTimestamp } from '@taskclf/registry-core'

/**
 * A time that a person wrote, as documents have it: in UTC, to the microsecond.
 *
 * @example
 * ```ts
 * readInstant('2026-03-01T14:30:00+01:00') // { ok: true, instant: '2026-03-01T13:30:00.000000Z' }
 * ```
 */
export function readInstant(text: string): { ok: true; instant: string } | { ok: false; reason: string } {
  const parsed = parseTimestamp(text)
  return parsed.ok ? { ok: true, instant: instantText(parsed.timestamp.epochMicros) } : parsed
}
