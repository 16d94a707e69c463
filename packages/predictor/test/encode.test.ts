import { loadPredictor } from '@taskclf/predictor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asLoader, encoded, failure, toy, toyBundle } from './support.js'

const nan = { metadata: { preprocessing: { missing_numeric: 'nan' } } }

describe('numbers', () => {
  const MISSING = [null, undefined, '', Number.NaN, 'NaN', 'nan']

  it.each([
    ['NaN', 'when nothing is said', {}],
    ['NaN', 'when preprocessing says nothing of them', { preprocessing: {} }],
    ['NaN', 'for a bundle of the Python project', { train_date_from: '2026-01-01' }],
    ['NaN', 'when the bundle says so', { preprocessing: { missing_numeric: 'nan' } }],
    ['zero', 'when the bundle says so', { preprocessing: { missing_numeric: 'zero' } }],
  ])('reads numbers that are missing as %s %s', async (what, _when, metadata) => {
    const rows = MISSING.map((x) => ({ x }))
    const value = what === 'zero' ? 0 : Number.NaN
    expect(await encoded(['x'], rows, { metadata })).toEqual(MISSING.map(() => value))
  })

  it.each([
    ['zero', { train_date_from: '2026-01-01' }],
    ['NaN', {}],
    ['NaN', { train_date_from: '2026-01-01', preprocessing: {} }],
    ['NaN', { train_date_from: '2026-01-01', preprocessing: { missing_numeric: 'nan' } }],
  ])('reads numbers that are missing as %s beside the Python project: %j', async (what, metadata) => {
    const loaders = { 'model.toy': asLoader(toy(['x'], 2, () => [0, 1])) }
    const predictor = await loadPredictor(await toyBundle({ metadata }), { loaders, pythonInterop: true })
    expect(predictor.encode([{ x: null }])[0]).toBe(what === 'zero' ? 0 : Number.NaN)
  })

  it('accepts texts, booleans or bigints', async () => {
    const cells = ['1', '-1.5', '+.5', '2.', '1e3', '1E-2', true, 'true', 'True', false, 'false', 'False', 7n]
    const numbers = [1, -1.5, 0.5, 2, 1000, 0.01, 1, 1, 1, 0, 0, 0, 7]
    expect(
      await encoded(
        ['x'],
        cells.map((x) => ({ x })),
        nan,
      ),
    ).toEqual(numbers)
  })

  it('reads numbers that were written out back to the last digit', async () => {
    const predictor = await loadPredictor(await toyBundle(nan), {
      loaders: { 'model.toy': asLoader(toy(['x'], 2, () => [0, 1])) },
    })
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(predictor.encode([{ x: String(x) }])[0]).toBe(Object.is(x, -0) ? 0 : x)
      }),
    )
  })

  it.each([
    'abc',
    '1,5',
    ' 1',
    '0x10',
    '1_000',
    '--1',
    '1e',
    'Infinity',
    '1e400',
    '-1e999',
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    10n ** 400n,
    'TRUE',
    'null',
    {},
    [],
    () => 1,
    Symbol('x'),
  ])('rejects %o', async (cell) => {
    const error = await failure(
      encoded(
        ['y', 'x'],
        [
          { x: 1, y: 2 },
          { x: cell, y: 2 },
        ],
      ),
    )
    expect(error).toMatchObject({ code: 'bad_value', row: 1, columns: ['x'] })
  })
})

describe('categories', () => {
  const encoders = { app: ['b', '__unknown__', 'a', '5'] }

  it('encodes categories as places in the vocabulary; everything else is __unknown__', async () => {
    const cells = ['a', 'b', 5, 'c', '', null, undefined, true, 7n, 'constructor']
    const rows = cells.map((app) => ({ app }))
    expect(await encoded(['app'], rows, { encoders })).toEqual([2, 0, 3, 1, 1, 1, 1, 1, 1, 1])
  })

  it('encodes an unknown category as -1 where the vocabulary has no __unknown__', async () => {
    const rows = [{ app: 'a' }, { app: 'c' }, { app: null }]
    expect(await encoded(['app'], rows, { encoders: { app: ['a'] } })).toEqual([0, -1, -1])
  })

  it('rejects objects', async () => {
    expect(await failure(encoded(['app'], [{ app: {} }], { encoders }))).toMatchObject({
      code: 'bad_value',
      row: 0,
      columns: ['app'],
    })
  })

  it('encodes all the missing cells as the empty text where the vocabulary has one', async () => {
    const rows = ['', null, undefined, Number.NaN, 'a', 'c'].map((app) => ({ app }))
    expect(await encoded(['app'], rows, { encoders: { app: ['a', ''] } })).toEqual([1, 1, 1, 1, 0, -1])
    const both = { app: ['__unknown__', 'a', ''] }
    expect(await encoded(['app'], rows, { encoders: both })).toEqual([2, 2, 2, 2, 1, 0])
  })

  it.each([
    ['no column of the model', { other: ['a'] }, 'other'],
    ['no text', { x: [] }, 'x'],
  ])('refuses a vocabulary with %s', async (_, encoders, column) => {
    const error = await failure(encoded(['x'], [{ x: 1 }], { encoders }))
    expect(error).toMatchObject({ code: 'encoders_invalid', columns: [column] })
  })
})

describe('columns', () => {
  it('finds columns by name in any order, and passes over further ones', async () => {
    const cells = { a: 1, b: 2, c: 3 }
    const orders = fc.shuffledSubarray(['a', 'b', 'c', 'more'], { minLength: 4 })
    const bundle = await toyBundle()
    const loaders = { 'model.toy': asLoader(toy(['a', 'b', 'c'], 2, () => [0, 1])) }
    const predictor = await loadPredictor(bundle, { loaders })
    fc.assert(
      fc.property(orders, (order) => {
        const row = Object.fromEntries(order.map((name) => [name, { ...cells, more: 'text' }[name]]))
        expect(Array.from(predictor.encode([row]))).toEqual([1, 2, 3])
      }),
    )
  })

  it('names all the columns that are missing', async () => {
    const error = await failure(encoded(['a', 'b', 'c'], [{ a: 1, b: 2, c: 3 }, { b: 2 }]))
    expect(error).toMatchObject({ code: 'missing_columns', row: 1, columns: ['a', 'c'] })
  })

  it('reads no column that a row inherits', async () => {
    const names = ['constructor', '__proto__', 'toString']
    const error = await failure(encoded(names, [{}]))
    expect(error).toMatchObject({ code: 'missing_columns', columns: names })
    const row = JSON.parse('{"constructor":1,"__proto__":2,"toString":null}') as Record<string, unknown>
    expect(await encoded(names, [row], nan)).toEqual([1, 2, Number.NaN])
  })

  it('accepts columns with spaces, which LightGBM writes as underscores', async () => {
    const encoders = { 'my app': ['a', 'b'] }
    const rows = [
      { 'my app': 'b', 'keys per_min': 1 },
      { my_app: 'b', keys_per_min: 2 },
      { keys_per_min: 3, 'my app': 'a' },
    ]
    expect(await encoded(['my_app', 'keys_per_min'], rows, { encoders })).toEqual([1, 1, 1, 2, 0, 3])
  })

  it('accepts columns without names, in their order', async () => {
    expect(await encoded(['a', 'b'], [[1, 'true']])).toEqual([1, 1])
    expect(await failure(encoded(['a', 'b'], [[1, 2, 3]]))).toMatchObject({ code: 'bad_row', row: 0 })
  })

  it.each([null, 'text', 3, undefined])('cannot find columns in %o', async (row) => {
    expect(await failure(encoded(['a'], [[1], row as never]))).toMatchObject({ code: 'bad_row', row: 1 })
  })
})
