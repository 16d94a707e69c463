import {
  addDecimal,
  compareDecimal,
  type Decimal,
  formatDecimal,
  subtractDecimal,
  toDecimal,
} from '@taskclf/selection-policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('decimal arithmetic on doubles', () => {
  it.each([
    [0.8, 0.05, '0.85'],
    [0.1, 0.2, '0.3'],
    [1e-7, 1, '1.0000001'],
    [-0.5, 0.5, '0'],
    [1e21, 1, '1000000000000000000001'],
  ])('adds %d + %d = %s', (a, b, sum) => {
    expect(formatDecimal(addDecimal(a, b))).toBe(sum)
  })

  it.each([
    [0.87, 0.85, '0.02'],
    [0.95, 0.9026, '0.0474'],
    [1, 0.9, '0.1'],
    [0.85, 0.9, '-0.05'],
    [100, 0, '100'],
    [-0, 0, '0'],
  ])('subtracts %d - %d = %s', (a, b, difference) => {
    expect(formatDecimal(subtractDecimal(a, b))).toBe(difference)
  })

  it('reaches a bound that doubles miss', () => {
    expect(0.7 + 0.1 >= 0.8).toBe(false)
    expect(compareDecimal(addDecimal(0.7, 0.1), 0.8)).toBe(0)
    expect(0.87 - 0.85 <= 0.02).toBe(false)
    expect(compareDecimal(subtractDecimal(0.87, 0.85), 0.02)).toBe(0)
  })

  it('orders doubles as Number does', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        expect(compareDecimal(a, b)).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })

  it('adds commutatively and associatively, and takes back what it added', () => {
    fc.assert(
      fc.property(finite, finite, finite, (a, b, c) => {
        expect(compareDecimal(addDecimal(a, b), addDecimal(b, a))).toBe(0)
        expect(compareDecimal(addDecimal(addDecimal(a, b), c), addDecimal(a, addDecimal(b, c)))).toBe(0)
        expect(compareDecimal(subtractDecimal(addDecimal(a, b), b), a)).toBe(0)
      }),
    )
  })

  it('writes text that reads back as the same double', () => {
    fc.assert(
      fc.property(finite, (a) => {
        expect(Number(formatDecimal(a)) - a).toBe(0)
      }),
    )
  })

  it('does not care how a number is written', () => {
    const long: Decimal = { coefficient: 8500n, exponent: -4 }
    expect(compareDecimal(long, 0.85)).toBe(0)
    expect(formatDecimal(long)).toBe('0.85')
    expect(toDecimal(long)).toBe(long)
  })

  it('stays exact and quick at the ends of the range', () => {
    const started = performance.now()
    const sum = addDecimal(1.7976931348623157e308, 5e-324)
    expect(compareDecimal(sum, 1.7976931348623157e308)).toBe(1)
    expect(formatDecimal(subtractDecimal(sum, 1.7976931348623157e308))).toBe('5e-324')
    expect(formatDecimal(1e308)).toBe('1e308')
    expect(formatDecimal(-1.5e300)).toBe('-1.5e300')
    expect(performance.now() - started).toBeLessThan(100)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (value) => {
    expect(() => toDecimal(value)).toThrow(RangeError)
    expect(() => compareDecimal(0, value)).toThrow(RangeError)
  })
})

it('doubles compare as their shortest decimals do', () => {
  const close = fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2, max: 2 }))
  fc.assert(
    fc.property(close, fc.double({ noNaN: true, noDefaultInfinity: true }), ([a, step], other) => {
      const near = a + step * Number.EPSILON * Math.abs(a)
      for (const b of [near, other, -a, a].filter(Number.isFinite)) {
        expect(compareDecimal(a, b)).toBe(compareDecimal(toDecimal(a), toDecimal(b)))
      }
    }),
    { numRuns: 2000 },
  )
})
