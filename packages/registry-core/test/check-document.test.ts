import { expect, it } from 'vitest'
import { checkDocument } from '../src/format/check-document.js'

const find = (path: PropertyKey[]) => () => [{ path, message: 'must be other' }]

it.each([
  [{ a: { b: null } }, ['a', 'b'], 'found null'],
  [{ a: [1, 2] }, ['a', 1], 'found 2'],
  [{}, ['toString'], 'is missing'],
  [{ a: null }, ['a', 'b'], 'is missing'],
  [{ a: 'text' }, ['a', 'length'], 'is missing'],
  [{}, ['a', 'b'], 'is missing'],
])('finds in %j at %j: %s', (document, path, said) => {
  const checked = checkDocument(find(path), document, 'x.json')
  expect(checked).toMatchObject({
    ok: false,
    problems: [{ code: 'schema_violation', file: 'x.json', at: path.join('.') }],
  })
  expect(checked.ok ? '' : checked.problems[0]?.message).toContain(said)
})

it('names no place in a whole document that is wrong', () => {
  const checked = checkDocument(find([]), 7, 'x.json')
  expect(checked.ok ? [] : checked.problems).toEqual([
    { code: 'schema_violation', file: 'x.json', message: 'x.json must be other; found 7' },
  ])
})

it('returns the value that fits, and not a copy', () => {
  const value = { a: 1 }
  const checked = checkDocument(() => [], value, 'x.json')
  expect(checked.ok && checked.value).toBe(value)
})
