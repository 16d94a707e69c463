import { DurableFsError } from '@taskclf/durable-fs'
import { describe, expect, it } from 'vitest'
import { ActivePointerError } from '../src/index.js'
import { asPointerError, asReadError, overtaken } from '../src/local/as-pointer-error.js'

const errno = (code: string) => Object.assign(new Error(`${code}: as the system says it`), { code })
const durable = (code: DurableFsError['code'], cause?: unknown) =>
  new DurableFsError(code, '/models/active.json', 'what happened', cause)

describe('failures of a switch', () => {
  it.each(['lock_timeout', 'lock_foreign_owner'] as const)('leaves %s as it is', (code) => {
    const error = durable(code)
    const said = asPointerError(error)
    expect(said).toBeInstanceOf(ActivePointerError)
    expect(said).toMatchObject({ code, message: error.message, cause: error })
    expect((said as ActivePointerError).details).toEqual({ path: '/models/active.json' })
  })

  it('says that the switch was made when it was', () => {
    const error = durable('durability_unknown', errno('EIO'))
    expect(asPointerError(error)).toMatchObject({
      code: 'durability_unknown',
      message: expect.stringMatching(/^switched, .*what happened/),
      details: { path: '/models/active.json' },
      cause: error,
    })
  })

  it('says that nothing was switched when nothing was', () => {
    const error = durable('write_failed', errno('ENOSPC'))
    expect(asPointerError(error)).toMatchObject({
      code: 'io',
      message: expect.stringMatching(/^nothing was switched: .*what happened/),
      details: { path: '/models/active.json', errno: 'ENOSPC' },
      cause: error,
    })
  })

  it('reports a staged file that is gone as an overtaking, and nothing else', () => {
    const gone = durable('write_failed', errno('ENOENT'))
    expect(asPointerError(gone)).toMatchObject({ code: 'overtaken', cause: gone, details: {} })
    expect(asPointerError(durable('write_failed'))).toMatchObject({ code: 'io' })
    expect(asPointerError(durable('durability_unknown', errno('ENOENT')))).toMatchObject({
      code: 'durability_unknown',
    })
    expect(Object.hasOwn(overtaken(), 'cause')).toBe(false)
  })

  it("carries the system's code of a failed read, and what it means for the caller", () => {
    const error = errno('EACCES')
    expect(asPointerError(error)).toMatchObject({
      name: 'ActivePointerError',
      code: 'io',
      message: expect.stringMatching(/^nothing was switched: .*EACCES: as the system says it/),
      details: { errno: 'EACCES' },
      cause: error,
    })
    expect(asReadError(error, 'no history')).toMatchObject({
      message: expect.stringMatching(/^no history: /),
    })
  })

  it.each([
    ['an error without a code', new Error('x')],
    ['an error of node', Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['a code that only holds one', Object.assign(new Error('x'), { code: 'no EIO' })],
    ['no error', 'x'],
  ])('leaves alone %s', (_, error) => {
    expect(asPointerError(error)).toBe(error)
    expect(asReadError(error, '')).toBe(error)
  })
})
