import { Readable } from 'node:stream'
import { type JsonLine, readJsonLines } from '@taskclf/dataset'
import { describe, expect, it } from 'vitest'

const show = (item: JsonLine) =>
  item.ok ? [item.line, item.value] : [item.line, item.error.code, item.error.line]

describe('readJsonLines', () => {
  it('answers a bad line in its place and goes on, however the bytes are cut', async () => {
    const text = Buffer.concat([
      Buffer.from('{"a":1}\nnot json\n\n[1,{"b":2}]\r\n"0123456789012345678901234567890"\n'),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from('{"é":"😀"}'),
    ])
    for (const size of [1, 2, 7, 1000]) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.subarray(i * size, (i + 1) * size),
      )
      const seen: unknown[] = []
      for await (const item of readJsonLines(Readable.from(chunks), { maxLineBytes: 30 }))
        seen.push(show(item))
      expect(seen).toEqual([
        [1, { a: 1 }],
        [2, 'malformed_json', 2],
        [4, [1, { b: 2 }]],
        [5, 'row_too_long', 5],
        [6, 'not_utf8', 6],
        [7, { é: '😀' }],
      ])
    }
  })

  it('answers each line as soon as it is whole', async () => {
    let given = 0
    async function* slow() {
      for (;;) {
        given += 1
        yield Buffer.from(`${given}\n`)
      }
    }
    for await (const item of readJsonLines(slow())) {
      expect(item).toEqual({ line: given, ok: true, value: given })
      if (given === 3) break
    }
  })

  it('survives lines without end in constant memory', async () => {
    async function* flood() {
      for (let i = 0; i < 2000; i += 1) yield Buffer.alloc(1 << 16, 0x61)
      yield Buffer.from('\n1\n')
    }
    const seen: unknown[] = []
    const before = process.memoryUsage.rss()
    for await (const item of readJsonLines(flood())) seen.push(show(item))
    expect(seen).toEqual([
      [1, 'row_too_long', 1],
      [2, 1],
    ])
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024)
  })
})
