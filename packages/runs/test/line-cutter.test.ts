import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineCutter, type OutputLine } from '../src/line-cutter.js'

function cut(text: Buffer, sizes: readonly number[], maxBytes: number): OutputLine[] {
  const cutter = new LineCutter(maxBytes)
  const lines: OutputLine[] = []
  let at = 0
  for (let i = 0; at < text.length; i += 1) {
    const size = sizes[i % sizes.length] as number
    lines.push(...cutter.push(text.subarray(at, at + size)))
    at += size
  }
  return [...lines, ...cutter.end()]
}

it('cuts lines alike, however the bytes come', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\n', 'bcd') })
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 })
  fc.assert(
    fc.property(text, sizes, (all, parts) => {
      const expected = all.split('\n')
      const last = expected.pop() as string
      const lines = cut(Buffer.from(all), parts, 1000)
      expect(lines).toEqual([
        ...expected.map((line) => ({ text: line })),
        ...(last ? [{ text: last, torn: true }] : []),
      ])
    }),
  )
})

it('keeps the beginning of a long line, and never more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (length, parts) => {
        const lines = cut(Buffer.from(`${'x'.repeat(length)}\ny`), parts, 10)
        const long = length > 10 ? { text: 'x'.repeat(10), cut: true } : { text: 'x'.repeat(length) }
        expect(lines).toEqual([long, { text: 'y', torn: true }])
      },
    ),
  )
})
