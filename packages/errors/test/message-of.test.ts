import { messageOf } from '@taskclf/errors'
import { expect, it } from 'vitest'

it.each([
  [new TypeError('no bread'), 'no bread'],
  ['no bread', 'no bread'],
  [undefined, 'undefined'],
  [{ message: 'no bread' }, '[object Object]'],
])('reads what was thrown: %j', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})
