import { parseTimestamp } from '@taskclf/registry-core'
import { expect, it } from 'vitest'

function instant(text: string): bigint {
  const result = parseTimestamp(text)
  if (!result.ok) throw new Error(result.reason)
  return result.timestamp.epochMicros
}

it.each([
  ['an offset ahead of UTC', '2026-02-14T14:30:15+02:00', '2026-02-14T13:00:00+00:00'],
  ['an offset behind UTC', '2026-02-14T12:31:15+00:00', '2026-02-14T04:31:15.123456-08:00'],
  ['a fraction against none', '2026-02-14T12:30:15Z', '2026-02-14T12:30:15.000001Z'],
  ['Z against +00:00', '2026-02-14T12:30:15Z', '2026-02-14T12:30:15.5+00:00'],
  ['a space against T', '2026-02-14T12:30:15+00:00', '2026-02-14 12:30:16+00:00'],
  ['the basic form', '2026-02-14T12:30:15+00:00', '20260214T123016Z'],
  ['a date alone', '2026-02-13T23:59:59-01:00', '2026-02-14T12:00:00'],
])('orders %s by the instant, whatever the texts look like', (_what, earlier, later) => {
  expect(instant(earlier)).toBeLessThan(instant(later))
})

it('reads the same instant as the same, however it is written', () => {
  const texts = [
    '2026-02-14T12:30:15Z',
    '2026-02-14T12:30:15+00:00',
    '2026-02-14T14:30:15.000+02:00',
    '2026-02-14 12:30:15',
    '20260214T123015Z',
  ]
  expect(new Set(texts.map(instant)).size).toBe(1)
})

it('counts microseconds', () => {
  expect(instant('2026-02-14T12:30:15.000002Z') - instant('2026-02-14T12:30:15.000001Z')).toBe(1n)
})
