import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutEnd, cutMiddle, displayWidth, escapeJson, escapeLines, escapeText } from '../src/escape.js'
import { renderJson } from '../src/json.js'
import { createProgress } from '../src/progress.js'
import { Rows } from '../src/rows.js'
import { type Column, figure, renderFields, renderTable } from '../src/table.js'
import { writeParts } from '../src/write-parts.js'

const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
const text = () => fc.string({ unit: 'binary', maxLength: 40 })

describe('escaping', () => {
  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\nb', 'a\\x0ab'],
    ['\u009b2J', '\\x9b2J'],
    ['evil\u202etxt', 'evil\\u{202e}txt'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['\ud800', '\\u{d800}'],
    ['plain Ünïcode 模型', 'plain Ünïcode 模型'],
  ])('shows %j as %j', (raw, shown) => {
    expect(escapeText(raw)).toBe(shown)
  })

  it('leaves nothing that a terminal acts on, in any text', () => {
    fc.assert(fc.property(text(), (raw) => !HARMFUL.test(escapeText(raw))))
    fc.assert(fc.property(text(), (raw) => !HARMFUL.test(escapeLines(raw).replaceAll('\n', ''))))
  })

  it('keeps JSON the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), text(), (value, key) => {
        const json = JSON.stringify({ value, [`k${key}`]: key }, null, 2)
        expect(JSON.parse(escapeJson(json))).toEqual(JSON.parse(json))
        expect(HARMFUL.test(escapeJson(json).replaceAll('\n', ''))).toBe(false)
      }),
    )
  })

  it('marks every document with its version', () => {
    expect(JSON.parse(renderJson({ bundles: [] }))).toEqual({ version: 1, bundles: [] })
  })

  it('writes a list made row by row as it writes a list', () => {
    const member = fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined }))
    fc.assert(
      fc.property(member, fc.array(fc.jsonValue(), { maxLength: 4 }), (document, list) => {
        const rows = new Rows(list.length, (i) => list[i])
        const whole = JSON.stringify({ version: 1, ...document, list }, null, 2)
        expect(renderJson({ ...document, list: rows })).toBe(`${escapeJson(whole)}\n`)
        expect(renderJson({ ...document, list })).toBe(`${escapeJson(whole)}\n`)
      }),
    )
  })

  it('writes in large pieces what comes in small ones', () => {
    const written: string[] = []
    const parts = Array.from({ length: 30_000 }, (_, i) => `${i} `)
    writeParts({ write: (text) => written.push(text) }, parts)
    expect(written.join('')).toBe(parts.join(''))
    expect(written.length).toBe(3)
    writeParts({ write: (text) => written.push(text) }, [])
    expect(written.length).toBe(3)
  })
})

describe('cutting', () => {
  it('keeps head and tail of a long name', () => {
    expect(cutMiddle('2026-03-02_031009_run-8935', 21)).toBe('2026-03-02…9_run-8935')
    expect(cutMiddle('short', 5)).toBe('short')
    expect(cutEnd('a long note', 6)).toBe('a lon…')
  })

  it('never takes more columns than allowed', () => {
    fc.assert(
      fc.property(text(), fc.integer({ min: 3, max: 30 }), (raw, width) => {
        const shown = escapeText(raw)
        expect(displayWidth(cutMiddle(shown, width))).toBeLessThanOrEqual(width)
        expect(displayWidth(cutEnd(shown, width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('counts wide and combining characters', () => {
    expect(displayWidth('模型')).toBe(4)
    expect(displayWidth('e\u0301')).toBe(1)
  })
})

interface Row {
  id: string
  at: string
  n: number
}
const COLUMNS: Column<Row>[] = [
  { name: 'model_id', cell: (row) => row.id, cut: { min: 10, where: 'middle' } },
  { name: 'at', cell: (row) => row.at, cut: { min: 10, where: 'time' } },
  { name: 'figure', cell: (row) => figure(row.n), align: 'right' },
]
const row = { id: '2026-03-02_031009_run-8935', at: '2026-03-02T03:10:09.000001Z', n: 0.9 }
const terminal = (columns: number | undefined) => ({ columns, color: false })

describe('tables', () => {
  it('cuts nothing when nobody looks', () => {
    const table = renderTable([row], COLUMNS, terminal(undefined))
    expect(table).toContain(row.id)
    expect(table).toContain(row.at)
  })

  it.each([
    [60, '2026-03-02T03:10:09Z'],
    [54, '2026-03-02T03:10Z'],
    [52, '2026-03-02 03:10'],
    [46, '2026-03-02'],
  ])('shortens a time before a name: %i columns', (columns, time) => {
    const [, line = ''] = renderTable([row], COLUMNS, terminal(columns)).split('\n')
    expect(line.split(/ {2,}/)[1]).toBe(time)
    expect(line).toContain(row.id)
  })

  const UNCUT: Column<Row>[] = [
    { name: 'model_id', cell: (row) => row.id },
    { name: 'at', cell: (row) => row.at, cut: { min: 10, where: 'time' } },
    { name: 'nothing', cell: () => undefined },
    { name: 'figure', cell: (row) => figure(row.n), align: 'right' },
  ]

  it('makes a list where cutting is not enough, and never cuts what may not be cut', () => {
    const list = renderTable([row, row], UNCUT, terminal(40))
    expect(list).toBe(`${row.id}\n  at ${row.at}\n  figure 0.9000\n`.repeat(2))
    expect(renderTable([row], UNCUT, terminal(12)).split('\n')[0]).toBe(row.id)
  })

  it('leaves out a column in which no row has anything, where not all fit', () => {
    expect(renderTable([row], UNCUT, terminal(62)).split('\n')[0]).not.toContain('nothing')
    expect(renderTable([row], UNCUT, terminal(undefined)).split('\n')[0]).toContain('nothing')
    expect(renderTable([row], UNCUT, terminal(80)).split('\n')[0]).toContain('nothing')
  })

  it('fits whatever is in it, at any width that holds its widest column', () => {
    const rows = fc.array(fc.record({ id: text(), at: text(), n: fc.double({ min: 0, max: 1 }) }), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 160 }), (some, columns) => {
        const lines = renderTable(some, COLUMNS, terminal(columns)).split('\n')
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
      }),
    )
  })

  it('aligns numbers on the right', () => {
    const lines = renderTable([row, { ...row, n: 0.123456 }], COLUMNS, terminal(undefined))
      .trimEnd()
      .split('\n')
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  })

  it('shows figures unrounded, and at least four decimals', () => {
    expect([figure(0.9), figure(0.94996), figure(1), figure(undefined), figure(null), figure(true)]).toEqual([
      '0.9000',
      '0.94996',
      '1.0000',
      undefined,
      undefined,
      'true',
    ])
  })

  it('shows a dash for what is absent, and aligns fields', () => {
    expect(
      renderFields([
        ['a', undefined],
        ['long', 'x\u001b'],
      ]),
    ).toBe('a     -\nlong  x\\x1b\n')
  })

  it('colours the header on a terminal with colour only', () => {
    expect(renderTable([row], COLUMNS, { columns: undefined, color: true })).toContain('\u001b[1m')
    expect(renderTable([row], COLUMNS, terminal(undefined))).not.toContain('\u001b')
  })
})

describe('progress', () => {
  it('shows and clears one line on a terminal, and is silent elsewhere', () => {
    const said: string[] = []
    const stream = { write: (part: string) => said.push(part), isTTY: true, columns: 20 }
    const progress = createProgress(stream, true)
    progress.update('verifying \u001b a very long name')
    progress.clear()
    progress.clear()
    expect(said).toEqual([expect.stringMatching(/^verifying \\x1b.*…$/), '\r\u001b[K'])
    const silent: string[] = []
    createProgress({ write: (part: string) => silent.push(part) }, true).update('x')
    createProgress({ ...stream, write: (part: string) => silent.push(part) }, false).update('x')
    expect(silent).toEqual([])
  })
})
