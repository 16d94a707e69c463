import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findDuplicateKeys } from '../src/format/duplicate-keys.js'
import { parseStrictJson } from '../src/format/strict-json.js'

// What is spared, seen by what is not called: answers are the same without.
vi.mock('../src/format/duplicate-keys.js', async (original) => {
  const real = await original<{ findDuplicateKeys: typeof findDuplicateKeys }>()
  return { findDuplicateKeys: vi.fn(real.findDuplicateKeys) }
})

const search = vi.mocked(findDuplicateKeys)
const parse = (text: string) => parseStrictJson(Buffer.from(text), 'f.json')

afterEach(() => {
  vi.restoreAllMocks()
  search.mockClear()
})

describe('the search for keys that stand twice', () => {
  it('is spared where none does, however the document is spaced', () => {
    const blank = fc.stringMatching(/^[ \n\r\t]{0,3}$/)
    // None that begins with a colon, which would look like a key's.
    const text = fc.stringMatching(/^([a-z][a-z:,{}[\] ]{0,6})?$/)
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.constant(null), tie('list'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(text, tie('any'), { maxKeys: 4 }),
    })).object
    fc.assert(
      fc.property(value, blank, blank, (object, before, after) => {
        const spaced = JSON.stringify(object).replace(/":/g, `"${before}:${after}`)
        expect(parse(spaced)).toMatchObject({ ok: true, duplicateKeys: [] })
        expect(search).not.toHaveBeenCalled()
      }),
      { numRuns: 300 },
    )
  })

  it.each(['{"a":1,"a":2}', '[{"b":{"a":1,"a"\n:2}}]', '{":":1,":":2}'])('is made of %j', (text) => {
    expect(parse(text)).toMatchObject({ ok: true, duplicateKeys: [expect.any(String)] })
    expect(search).toHaveBeenCalledTimes(1)
  })

  it('is made where a text only looks as if, and finds none', () => {
    expect(parse('{"a":"\\":"}')).toMatchObject({ ok: true, duplicateKeys: [] })
    expect(search).toHaveBeenCalledTimes(1)
  })
})

describe('a mountain of brackets', () => {
  const LARGE = 70_000
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

  it.each([
    ['lists', '['.repeat(LARGE)],
    ['objects', '{"a":'.repeat(LARGE)],
    ['lists after a long text', `["${'x'.repeat(LARGE)}",${nested(300)}]`],
    [
      'lists after a text with brackets, quotes and a backslash',
      `["${']}\\"\\\\'.repeat(LARGE / 4)}",${nested(300)}]`,
    ],
    ['one after flat ones', `[${'[],{},'.repeat(LARGE / 6)}${nested(300)}]`],
  ])('is refused unparsed: %s', (_, text) => {
    const parsing = vi.spyOn(JSON, 'parse')
    expect(parse(text)).toMatchObject({ ok: false, problem: { code: 'too_deep' } })
    expect(parsing).not.toHaveBeenCalled()
  })

  it.each([
    ['many lists side by side', `[${'[],'.repeat(LARGE / 3)}1]`],
    ['many objects side by side', `[${'{},'.repeat(LARGE / 3)}1]`],
    ['brackets in a text', `["${'[{'.repeat(LARGE)}"]`],
    ['brackets after a quote in a text', `["\\"${'[{'.repeat(LARGE)}"]`],
    ['brackets in the text after one that ends with a backslash', `["\\\\","${'[{'.repeat(LARGE)}"]`],
    ['256 levels', `[${' '.repeat(LARGE)}${nested(255)}]`],
  ])('is none: %s', (_, text) => {
    expect(parse(text)).toMatchObject({ ok: true })
  })
})
