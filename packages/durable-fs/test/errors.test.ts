import { describe, expect, it } from 'vitest'
import { DURABLE_FS_ERROR_CODES, DurableFsError, errnoOf } from '../src/index.js'

describe('errors', () => {
  it('carries code, path and cause', () => {
    const cause = new Error('why')
    const error = new DurableFsError('write_failed', '/a', 'not written', cause)
    expect([error.name, error.code, error.path, error.cause]).toEqual([
      'DurableFsError',
      'write_failed',
      '/a',
      cause,
    ])
    expect('cause' in new DurableFsError('write_failed', '/a', 'not written')).toBe(false)
    expect(new Set(DURABLE_FS_ERROR_CODES).size).toBe(DURABLE_FS_ERROR_CODES.length)
  })

  it.each([
    [{ code: 'ENOENT' }, 'ENOENT'],
    [{ code: 7 }, undefined],
    [new Error('x'), undefined],
    [null, undefined],
    [undefined, undefined],
    ['text', undefined],
  ])('reports for the errno of %o the code %s', (thrown, errno) => expect(errnoOf(thrown)).toBe(errno))
})
