import { codesOf, codeTable, TaskclfError, type TaskclfErrorOptions } from '@taskclf/errors'
import { describe, expect, it } from 'vitest'

const SHOP_ERRORS = codeTable({
  sold_out: { what: 'Nothing is left.', hint: 'come back tomorrow' },
  closed: { what: 'The shop is closed.', hint: 'come back at nine' },
})

class ShopError extends TaskclfError {
  override readonly name = 'ShopError'
  constructor(code: keyof typeof SHOP_ERRORS, options?: TaskclfErrorOptions) {
    super(SHOP_ERRORS, code, 'no bread', options)
  }
}

describe('TaskclfError', () => {
  it('takes the hint of its code from the table', () => {
    const error = new ShopError('sold_out')
    expect(error).toBeInstanceOf(TaskclfError)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      code: 'sold_out',
      message: 'no bread',
      hint: 'come back tomorrow',
      details: {},
    })
    expect(String(error)).toBe('ShopError: no bread')
  })

  it('prefers the hint of the place that throws, and keeps details and cause', () => {
    const cause = new Error('the oven')
    const error = new ShopError('sold_out', { hint: 'take the rolls', details: { left: 0 }, cause })
    expect(error).toMatchObject({ hint: 'take the rolls', details: { left: 0 }, cause })
  })

  it('has no cause unless there was one', () => {
    expect('cause' in new ShopError('closed')).toBe(false)
  })

  it('is an error even with a code that no table has, as plain JavaScript can make it', () => {
    expect(new ShopError('bankrupt' as 'closed')).toMatchObject({ code: 'bankrupt', hint: '' })
  })
})

it('lists the codes in the order of the table', () => {
  expect(codesOf(SHOP_ERRORS)).toEqual(['sold_out', 'closed'])
})
