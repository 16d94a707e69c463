import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyPath } from '../src/format/describe.js'
import { findDuplicateKeys } from '../src/format/duplicate-keys.js'

/** A JSON value as it is written: objects may hold a key more than once. */
type Written = string | { list: Written[] } | { object: [string, Written][] }

const key = fc.constantFrom('a', 'b', '', '":', '{"a":1}', '[', 'a.b', '\\', '__proto__')
const written = fc.letrec<{ any: Written }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('1', 'null', '"a"', '"\\"}"', '"a\\\\"'),
    fc.record({ list: fc.array(tie('any'), { maxLength: 4 }) }),
    fc.record({ object: fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }) }),
  ),
})).any

function textOf(value: Written, blank: string): string {
  if (typeof value === 'string') return value
  const among = (items: string[]) => `${blank}${items.join(`${blank},${blank}`)}${blank}`
  if ('list' in value) return `[${among(value.list.map((item) => textOf(item, blank)))}]`
  const members = value.object.map(([name, item]) => [JSON.stringify(name), textOf(item, blank)])
  return `{${among(members.map((member) => member.join(`${blank}:${blank}`)))}}`
}

/** Where keys stand twice, in the order in which they are read. */
function repeated(value: Written, path: readonly PropertyKey[]): string[] {
  if (typeof value === 'string') return []
  if ('list' in value) return value.list.flatMap((item, i) => repeated(item, [...path, i]))
  return value.object.flatMap(([name, item], i) => {
    const isRepeated = value.object.slice(0, i).some(([before]) => before === name)
    return [...(isRepeated ? [keyPath([...path, name])] : []), ...repeated(item, [...path, name])]
  })
}

describe('findDuplicateKeys', () => {
  it('finds what was written twice, where it was written, and no more than twenty', () => {
    let found = 0
    fc.assert(
      fc.property(written, fc.constantFrom('', ' ', '\n\t'), (value, blank) => {
        const expected = repeated(value, []).slice(0, 20)
        expect(findDuplicateKeys(textOf(value, blank))).toEqual(expected)
        found += expected.length
      }),
      { numRuns: 500 },
    )
    expect(found).toBeGreaterThan(50)
  })
})
