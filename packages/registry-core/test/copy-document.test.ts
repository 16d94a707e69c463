import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copyDocument } from '../src/format/copy-document.js'

it('copies as a spread does, also a key named __proto__', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '0'))
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), (dictionary) => {
      const document = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(dictionary))))
      const copy = copyDocument(document)
      expect(copy).not.toBe(document)
      expect(Object.entries(copy)).toEqual(Object.entries({ ...document }))
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    }),
    { examples: [[JSON.parse('{"a":1,"__proto__":{"a":2}}')]] },
  )
})
