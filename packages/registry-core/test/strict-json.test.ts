import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duplicateKeyProblems, parseStrictJson } from '../src/format/strict-json.js'

const parse = (text: string | Uint8Array, maxDepth?: number) =>
  parseStrictJson(
    typeof text === 'string' ? Buffer.from(text) : text,
    'f.json',
    maxDepth === undefined ? undefined : { maxDepth },
  )

function codeOf(text: string | Uint8Array, maxDepth?: number): string {
  const result = parse(text, maxDepth)
  return result.ok ? 'ok' : result.problem.code
}

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('parseStrictJson', () => {
  it.each([
    ['', 'malformed_json'],
    [' \n', 'malformed_json'],
    ['{"a": NaN}', 'malformed_json'],
    ['{"a": Infinity}', 'malformed_json'],
    ["{'a': 1}", 'malformed_json'],
    ['{"a":1,}', 'malformed_json'],
    ['// c\n{}', 'malformed_json'],
    ['\u0000\u0000', 'malformed_json'],
    ['\ufeff{}', 'malformed_json'],
    ['{"a":1}{', 'malformed_json'],
    ['{}', 'ok'],
    ['"text"', 'ok'],
  ])('parses %j → %s', (text, code) => expect(codeOf(text)).toBe(code))

  it('refuses bytes that are not UTF-8: overlong forms, surrogates, Latin-1', () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0xff, 0xfe],
    ]) {
      expect(codeOf(Uint8Array.from(bytes))).toBe('not_utf8')
    }
  })

  it('refuses deep nesting, small or large, and takes what is just within', () => {
    expect(codeOf(nested(256))).toBe('ok')
    expect(codeOf(nested(257))).toBe('too_deep')
    expect(codeOf(nested(100_000))).toBe('too_deep')
    expect(codeOf('['.repeat(8_000_000))).toBe('too_deep')
    expect(codeOf('{"a":[1]}', 1)).toBe('too_deep')
    expect(codeOf('{"a":{"b":1},"c":[{"d":1}]}', 3)).toBe('ok')
  })

  it('is not misled by brackets in strings of a large document', () => {
    const text = JSON.stringify({ a: `${'[{'.repeat(60_000)}"\\`, b: [1] })
    expect(codeOf(text)).toBe('ok')
  })

  it('reads a number of 5,000 digits at once, and one beyond all bounds as Infinity for the schema to refuse', () => {
    const result = parse(`[${'9'.repeat(5000)}, 1e400]`)
    expect(result).toMatchObject({ ok: true, value: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] })
  })

  it('keeps __proto__ an ordinary key', () => {
    const result = parse('{"__proto__": {"polluted": 1}, "constructor": 2}')
    if (!result.ok) throw new Error(result.problem.message)
    expect(Object.keys(result.value as object)).toEqual(['__proto__', 'constructor'])
    expect((result.value as { polluted?: unknown }).polluted).toBeUndefined()
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('finds keys that occur twice, at any depth, also when written differently', () => {
    const result = parse(
      '{"a":1,"b":[{"c":1,"\\u0063":{"a":":"}}],"a":2,"d":{"x" : 1, "x"\n:2}, "e":[{"x":1},{"x":1}]}',
    )
    expect(result).toMatchObject({ ok: true, duplicateKeys: ['b.0.c', 'a', 'd.x'] })
    expect(duplicateKeyProblems('f.json', ['a'])).toMatchObject([
      { code: 'duplicate_key', file: 'f.json', at: 'a' },
    ])
  })

  it('reports at most twenty of them', () => {
    const result = parse(`{${Array.from({ length: 50 }, () => '"a":1').join(',')}}`)
    expect(result.ok && result.duplicateKeys.length).toBe(20)
  })

  it('finds none in what JSON.stringify wrote, whatever the strings hold', () => {
    const tricky = fc.oneof(fc.string(), fc.constantFrom('":', '"x":1', '\\":', '{"a":', '__proto__'))
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        tricky,
        fc.double({ noNaN: true }),
        fc.array(tie('value')),
        tie('object'),
      ),
      object: fc.dictionary(tricky, tie('value')),
    })).object
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (object, indent) => {
        const result = parse(JSON.stringify(object, null, indent))
        expect(result).toMatchObject({ ok: true, duplicateKeys: [] })
      }),
    )
  })

  it('finds every key that a fuzzer doubles', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, pick) => {
        const keys = Object.keys(object)
        const key = keys[pick % keys.length] ?? ''
        const text = JSON.stringify(object)
          .slice(0, -1)
          .concat(`,${JSON.stringify(key)}:0}`)
        const result = parse(text)
        expect(result.ok && result.duplicateKeys.length).toBe(1)
      }),
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(['ok', 'malformed_json', 'not_utf8']).toContain(codeOf(bytes))
      }),
    )
  })
})

describe('depth, looked at in large documents before they are parsed', () => {
  const parse = (text: string) => parseStrictJson(Buffer.from(text), 'x.json')
  const nested = (depth: number, fill: string) => `${'['.repeat(depth)}${fill}${']'.repeat(depth)}`
  const wide = JSON.stringify('x'.repeat(70_000))

  it.each([0, 70_000])('takes 256 levels and no more, with %d bytes within', (bytes) => {
    const fill = JSON.stringify('x'.repeat(bytes))
    expect(parse(nested(256, fill)).ok).toBe(true)
    expect(parse(nested(257, fill))).toMatchObject({ ok: false, problem: { code: 'too_deep' } })
    expect(parse(`[${wide},${nested(255, '{}')}]`)).toMatchObject({
      ok: false,
      problem: { code: 'too_deep' },
    })
  })

  it.each([
    ['brackets in a text', '['.repeat(70_000)],
    ['brackets after a quote in a text', `"${'{'.repeat(70_000)}`],
    ['brackets after a backslash in a text', `\\"${'['.repeat(70_000)}\\`],
  ])('does not count %s', (_, text) => {
    expect(parse(JSON.stringify([text, [text]]))).toMatchObject({ ok: true, value: [text, [text]] })
  })

  it('does not add up what is beside one another', () => {
    const many = `[${Array.from({ length: 30_000 }, () => '[{}]').join()}]`
    expect(parse(many).ok).toBe(true)
  })

  it('leaves what is not JSON to the parser, however large', () => {
    expect(parse(`${wide}]`)).toMatchObject({ ok: false, problem: { code: 'malformed_json' } })
  })

  it('says in few words, which no terminal obeys, what is wrong', () => {
    const said = (text: string) => {
      const { problem } = parse(text) as { problem: { message: string } }
      return problem.message
    }
    expect(said(' \n')).toContain('it is empty')
    expect(said('{')).not.toContain('it is empty')
    expect(said(`{"a": \u001b[2J${'b'.repeat(1_000)}`)).not.toContain('\u001b')
    expect(said(`["${'b'.repeat(1_000)}" oops]`).length).toBeLessThan(400)
    expect(said('\uFEFF{}')).toContain('byte order mark')
    expect(parse('{"a": "\uFEFF"}')).toMatchObject({ ok: true, value: { a: '\uFEFF' } })
  })
})
