import { readFileSync } from 'node:fs'
import { loadPredictor, makeSelfTest, runSelfTest } from '@taskclf/predictor'
import { fixturePath } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { failure, makeBundle, toy, toyBundle } from './support.js'

const FUEL = 'K\\xfchlung'
const ZONE = 'gr\\xf6\\xdfe'

async function latin1() {
  const model = readFileSync(fixturePath('lightgbm-files', 'latin-1-names.txt'))
  const metadata = { label_set: ['a', 'b', 'c'] }
  return loadPredictor(await makeBundle({ metadata, files: { 'model.txt': model } }))
}

describe('a model with names that are not UTF-8', () => {
  it('answers rows that have them by place as it answers lists', async () => {
    const predictor = await latin1()
    const [expected] = await predictor.predict([[0.5, 3, 33]])
    const rows = [
      { Kühlung: 0.5, age_days: 3, größe: 33 },
      { [FUEL]: 0.5, age_days: 3, [ZONE]: 33 },
      { [ZONE]: 33, age_days: 3, [FUEL]: 0.5 },
    ]
    expect(await predictor.predict(rows)).toEqual([expected, expected, expected])
    expect(predictor.byPlace).toEqual([FUEL, ZONE])
    expect(predictor.notes[0]).toMatchObject({ code: 'columns_by_place', columns: [FUEL, ZONE] })
  })

  it.each([
    ['in another order', { age_days: 3, Kühlung: 0.5, größe: 33 }],
    ['with a column more', { Kühlung: 0.5, age_days: 3, größe: 33, id: 7 }],
    ['with a column fewer', { Kühlung: 0.5, age_days: 3 }],
    ['without one of the names that it has', { Kühlung: 0.5, age: 3, größe: 33 }],
  ])('rejects a row %s', async (_, row) => {
    const predictor = await latin1()
    expect((await failure(predictor.predict([row]))).code).toBe('missing_columns')
  })

  it('makes a self-test of such rows that it passes', async () => {
    const predictor = await latin1()
    const rows = [0, 1, 2, 3].map((i) => ({ Kühlung: i - 1.5, age_days: i, größe: 33 }))
    const { selfTest } = await makeSelfTest(predictor, [rows])
    expect(selfTest.rows[0]).toEqual({ [FUEL]: -1.5, age_days: 0, [ZONE]: 33 })
    await runSelfTest(predictor, { selfTest })
  })
})

describe('a runtime without names', () => {
  const load = async () => {
    const runtime = {
      ...toy(['Column_0', 'Column_1', 'Column_2'], 1, ([a, b, c]) => [
        ((a as number) + 2 * (b as number) + 4 * (c as number)) / 100,
      ]),
      unnamed: [0, 1, 2],
    }
    return loadPredictor(await toyBundle({ metadata: { label_set: ['no', 'yes'] } }), {
      loaders: { 'model.toy': () => runtime },
    })
  }
  const probability = async (row: Record<string, unknown>) =>
    (await (await load()).predict([row]))[0]?.probabilities?.[1]

  it('takes the cells of a row in their order', async () => {
    expect(await probability({ x: 1, y: 2, z: 3 })).toBeCloseTo(0.17, 12)
    expect(await probability({ 0: 1, 1: 2, 2: 3 })).toBeCloseTo(0.17, 12)
    expect(await probability({ Column_2: 3, Column_1: 2, Column_0: 1 })).toBeCloseTo(0.17, 12)
  })

  it('rejects names whose order JavaScript does not keep', async () => {
    expect((await failure((await load()).predict([{ x: 1, 7: 2, y: 3 }]))).code).toBe('missing_columns')
  })
})
