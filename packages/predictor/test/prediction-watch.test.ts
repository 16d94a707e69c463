import { loadPredictor, PredictionWatch, PredictorError, type Runtime } from '@taskclf/predictor'
import { describe, expect, it } from 'vitest'
import { asLoader, failure, toy, toyBundle } from './support.js'

const constant = toy(['x', 'c'], 2, () => [0.4, 0.6])
const byX = toy(['x', 'c'], 2, (row) => (row[0] === 1 ? [1, 0] : [0.4, 0.6]))

async function predictorOf(runtime: Runtime = constant) {
  const files = { 'categorical_encoders.json': '{"c":["a","b"]}' }
  return loadPredictor(await toyBundle({ files }), { loaders: { '*.toy': asLoader(runtime) } })
}

/** The warnings over rows in batches of `size`. */
async function warnings(rows: object[], size: number, runtime?: Runtime): Promise<[string, string][]> {
  const predictor = await predictorOf(runtime)
  const watch = new PredictionWatch()
  for (let at = 0; at < rows.length; at += size) {
    await predictor.predictBatch(rows.slice(at, at + size) as Record<string, unknown>[], undefined, watch)
  }
  return watch.warnings.map(({ code, columns }) => [code, columns.join()])
}

const rows = (count: number, of: (i: number) => object) => Array.from({ length: count }, (_, i) => of(i))

describe('a watch warns', () => {
  it.each([100, 40, 7])(
    'warns of one and the same probabilities for rows that differ (batches of %d)',
    async (size) => {
      expect(
        await warnings(
          rows(40, (i) => ({ x: i, c: 'a' })),
          size,
        ),
      ).toEqual([['constant_output', '']])
      expect(
        await warnings(
          rows(40, (i) => ({ x: i, c: 'a' })),
          size,
          byX,
        ),
      ).toEqual([])
      expect(
        await warnings(
          rows(40, () => ({ x: 3, c: 'a' })),
          size,
        ),
      ).toEqual([])
      expect(
        await warnings(
          rows(31, (i) => ({ x: i, c: 'a' })),
          size,
        ),
      ).toEqual([])
    },
  )

  it.each([100, 7])(
    'warns of columns without a value, or without a known one (batches of %d)',
    async (size) => {
      const empty = rows(40, (i) => ({ x: [null, '', Number.NaN, 'NaN'][i % 4], c: ['a', 'b'][i % 2] }))
      expect(await warnings(empty, size)).toEqual([
        ['constant_output', ''],
        ['column_empty', 'x'],
      ])
      const unknown = rows(40, (i) => ({ x: i, c: `z${i % 2}` }))
      expect(await warnings(unknown, size, byX)).toEqual([['categories_unknown', 'c']])
      const none = rows(40, (i) => ({ x: i, c: null }))
      expect(await warnings(none, size, byX)).toEqual([['column_empty', 'c']])
      expect(await warnings([...none, { x: 1, c: 'a' }], size, byX)).toEqual([])
    },
  )
})

it('names a column that is undefined in all of many rows as missing', async () => {
  const predictor = await predictorOf()
  const absent = rows(32, (i) => ({ x: undefined, c: i })) as Record<string, unknown>[]
  expect(await failure(predictor.predict(absent))).toMatchObject({ code: 'missing_columns', columns: ['x'] })
  const lists = absent.map(({ x, c }) => [x, c])
  expect(await failure(predictor.predict(lists))).toMatchObject({ columns: ['x'] })
  expect(await predictor.predict(absent.slice(1))).toHaveLength(31)
  expect(await predictor.predict([...absent, { x: null, c: 1 }])).toHaveLength(33)
})

it('shows a service who is at fault', async () => {
  const status = async (rows: unknown, runtime?: Runtime) => {
    const predictor = await predictorOf(runtime)
    const error = await failure(predictor.predict(rows as Record<string, unknown>[]))
    return [error.code, error.statusCode]
  }
  const throwing = (message: string) => ({
    ...constant,
    predictRows: () => {
      throw new Error(message)
    },
  })
  expect(await status([{ x: 1 }])).toEqual(['missing_columns', 400])
  expect(await status([{ x: 'one', c: 'a' }])).toEqual(['bad_value', 400])
  expect(await status([7])).toEqual(['bad_row', 400])
  expect(
    await status(
      [[1, 2]],
      toy(['x', 'c'], 2, () => [2, 2]),
    ),
  ).toEqual(['bad_output', 500])
  expect(await status([[1, 2]], throwing('no such operator'))).toEqual(['predict_failed', 500])
  expect(new PredictorError('load_failed', 'x').statusCode).toBe(500)
})
