import { readFileSync } from 'node:fs'
import { fixturePath } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTimestamp } from '../src/format/timestamp.js'

interface Item {
  text: string
  ok: boolean
  epoch_us_if_naive_is_utc?: number
}

const { items } = JSON.parse(readFileSync(fixturePath('selection', 'created_at.json'), 'utf8')) as {
  items: Item[]
}

/** docs/decisions/0002-created-at.md says why. */
const REFUSED_THOUGH_PYTHON_TAKES = [
  '2026-02-01_00:00:00',
  '2026W057',
  '2026-02-01T00:00:00 +00:00',
  '2026-02-01T00:00:00\u0000Z',
]

function micros(text: string): bigint {
  const result = parseTimestamp(text)
  if (!result.ok) throw new Error(result.reason)
  return result.timestamp.epochMicros
}

describe('the texts that Python was asked about', () => {
  it('gives the same instants to the microsecond, and refuses exactly what the decision lists', () => {
    const refused: string[] = []
    for (const item of items) {
      const result = parseTimestamp(item.text)
      if (result.ok)
        expect([item.text, Number(result.timestamp.epochMicros)]).toEqual([
          item.text,
          item.epoch_us_if_naive_is_utc,
        ])
      else if (item.ok) refused.push(item.text)
    }
    expect(items.length).toBeGreaterThan(30)
    expect(refused).toEqual(REFUSED_THOUGH_PYTHON_TAKES)
  })

  it('takes none that Python refuses, among those', () => {
    expect(items.filter((item) => !item.ok && parseTimestamp(item.text).ok)).toEqual([])
  })

  it('has each refused text in the decision', () => {
    const decision = readFileSync(
      new URL('../../../docs/decisions/0002-created-at.md', import.meta.url),
      'utf8',
    )
    for (const text of REFUSED_THOUGH_PYTHON_TAKES) expect(decision).toContain(`\`${JSON.stringify(text)}\``)
  })
})

describe('forms', () => {
  it.each([
    ['2026-02-01', '2026-02-01T00:00:00Z'],
    ['20260201', '2026-02-01T00:00:00Z'],
    ['2026-02-01T04', '2026-02-01T04:00:00Z'],
    ['20260201T0430', '2026-02-01T04:30:00Z'],
    ['20260201T043015,25+0130', '2026-02-01T03:00:15.250Z'],
    ['2026-02-01 04:30:15z', '2026-02-01T04:30:15Z'],
    ['2026-02-01T04:30:15-00:00', '2026-02-01T04:30:15Z'],
    ['2026-02-01T04:30:15-08', '2026-02-01T12:30:15Z'],
    ['2026-02-01T04:30:15+02:00:30', '2026-02-01T02:29:45Z'],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
  ])('reads %s', (text, iso) => {
    expect(micros(text)).toBe(BigInt(Date.parse(iso)) * 1000n)
  })

  it('keeps the text, and cuts nanoseconds without rounding', () => {
    const result = parseTimestamp('2026-02-01T00:00:00.999999999Z')
    expect(result).toEqual({
      ok: true,
      timestamp: { raw: '2026-02-01T00:00:00.999999999Z', epochMicros: 1769904000999999n },
    })
    expect(micros('1969-12-31T23:59:59.999999Z')).toBe(-1n)
  })

  it.each([
    '2026-02-01T23:59:60Z',
    '2026-02-01T24:00:00Z',
    '2026-02-01T00:60:00Z',
    '2026-02-01T00:00:00.1234567890Z',
    '2026-02-01T00:00:00.',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-10',
    '2026-01-00',
    '0000-01-01',
    '2026-02-01T000000Z',
    '20260201T00:00:00Z',
    '2026-02-01T00:00:00+24:00',
    '2026-02-01T00:00:00+02:00:3',
    '2026-02-01T00:00:00+02:0030',
    '2026-02-01Z',
    '2026-02-01+02:00',
    '2026-W05-7',
    '2026-032',
    ' 2026-02-01',
    '2026-02-01\n',
    '２０２６-02-01',
    'now',
    '',
    `2026-02-01T00:00:00.${'0'.repeat(100_000)}`,
  ])('refuses %j with a reason', (text) => {
    const result = parseTimestamp(text)
    expect(result.ok).toBe(false)
    if (!result.ok) expect(result.reason.length).toBeGreaterThan(10)
  })
})

const YEAR_1 = Date.parse('0001-01-02T00:00:00Z')
const YEAR_9999 = Date.parse('9999-12-30T00:00:00Z')
const instants = fc.integer({ min: YEAR_1, max: YEAR_9999 })

/** The instant as somebody at that offset would have written it. */
function write(ms: number, offsetMinutes: number, extraMicros: number): string {
  const sign = offsetMinutes < 0 ? '-' : '+'
  const [h, m] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  const local = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, -1)
  return `${local}${String(extraMicros).padStart(3, '0')}${sign}${two(h)}:${two(m)}`
}

describe('laws', () => {
  const minutes = fc.integer({ min: -1439, max: 1439 })
  const micro = fc.integer({ min: 0, max: 999 })

  it('is the same instant at whatever offset it was written', () => {
    fc.assert(
      fc.property(instants, minutes, micro, (ms, offset, extra) => {
        expect(micros(write(ms, offset, extra))).toBe(BigInt(ms) * 1000n + BigInt(extra))
      }),
    )
  })

  it('orders texts as their instants are ordered', () => {
    fc.assert(
      fc.property(instants, instants, minutes, minutes, (a, b, offsetA, offsetB) => {
        expect(micros(write(a, offsetA, 0)) < micros(write(b, offsetB, 0))).toBe(a < b)
      }),
    )
  })

  it('never throws, and answers with a whole instant or a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const result = parseTimestamp(text)
        expect(result.ok ? typeof result.timestamp.epochMicros : typeof result.reason).toMatch(
          /bigint|string/,
        )
      }),
    )
  })
})
