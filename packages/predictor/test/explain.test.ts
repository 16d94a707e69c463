import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor, type Predictor, type Runtime } from '@taskclf/predictor'
import { demoDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { BEST, demoRows, makeBundle, toy, toyBundle, validBundle } from './support.js'

const coded = (code: string) => expect.objectContaining({ name: 'PredictorError', code })
const rows = demoRows().slice(0, 20)

it('explains the most probable label by the columns that matter most, as the rows have them', async () => {
  const bundle = await validBundle(join(demoDir, 'models', BEST))
  await using predictor = await loadPredictor(bundle)
  const plain = await predictor.predict(rows)
  const explained = await predictor.predict(rows, { explain: 3 })
  explained.forEach(({ explanation, ...prediction }, r) => {
    expect(prediction).toEqual(plain[r])
    const { probabilities } = prediction as { probabilities: number[] }
    expect(explanation?.of).toBe(predictor.labels[probabilities.indexOf(Math.max(...probabilities))])
    expect(explanation?.top).toHaveLength(3)
    const sizes = explanation?.top.map(({ contribution }) => Math.abs(contribution)) as number[]
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    for (const { column, value } of explanation?.top ?? []) expect(value).toBe(rows[r]?.[column] ?? null)
    const sum = explanation?.top.reduce((total, { contribution }) => total + contribution, 0) as number
    const { expected, rest, score } = explanation as NonNullable<typeof explanation>
    expect(expected + sum + rest).toBeCloseTo(score, 9)
  })
  expect(explained.map(({ explanation }) => explanation)).toEqual(await predictor.explain(rows, 3))
  expect((await predictor.explain(rows.slice(0, 1), 1000))[0]).toMatchObject({ rest: 0 })
})

/** Adds its two columns, and says so. */
const adder = (numOutputs: number, more: Partial<Runtime> = {}): Runtime => ({
  ...toy(['a', 'b'], numOutputs, ([a = 0, b = 0]) =>
    Array.from({ length: numOutputs }, (_, i) => 0.5 + (i + 1) * (a + b)),
  ),
  explainRows: (input, count) =>
    Float64Array.from({ length: count * numOutputs * 3 }, (_, at) => {
      const [row, output, part] = [Math.floor(at / 3 / numOutputs), Math.floor(at / 3) % numOutputs, at % 3]
      return part === 2 ? 0.5 : (output + 1) * (input[row * 2 + part] as number)
    }),
  ...more,
})

async function loaded(runtime: Runtime, metadata: Record<string, unknown>): Promise<Predictor> {
  const bundle = await toyBundle({ metadata })
  return loadPredictor(bundle, { loaders: { 'model.toy': () => runtime } })
}

it('explains a model of one output for the label that it answers, with the sign of that label', async () => {
  const predictor = await loaded(adder(1), { label_set: ['no', 'yes'] })
  const [yes, no] = await predictor.explain(
    [
      { a: 0.1, b: 0.2 },
      { a: -0.25, b: 0 },
    ],
    1,
  )
  expect(yes).toEqual({
    of: 'yes',
    expected: 0.5,
    score: 0.5 + (0.1 + 0.2),
    top: [{ column: 'b', value: 0.2, contribution: 0.2 }],
    rest: 0.1,
  })
  expect(no).toMatchObject({
    of: 'no',
    expected: -0.5,
    top: [{ column: 'a', value: -0.25, contribution: 0.25 }],
  })
})

it('explains a value, and the highest of several scores', async () => {
  const regressor = await loaded(adder(1, { task: 'regression' }), {
    task: 'regression',
    label_set: undefined,
  })
  expect(await regressor.explain([[3, 0]], 2)).toMatchObject([
    {
      of: 'value',
      expected: 0.5,
      score: 3.5,
      top: [{ column: 'a', value: 3, contribution: 3 }, { column: 'b' }],
    },
  ])
  const scores = await loaded(adder(2, { task: 'scores' }), { task: 'scores', label_set: undefined })
  expect(await scores.explain([{ a: 1, b: 2 }], 1)).toMatchObject([
    { of: 'score_1', top: [{ column: 'b', value: 2, contribution: 4 }], rest: 2 },
  ])
})

it('refuses to explain a model that cannot, or by no columns, and predicts all the same', async () => {
  const { explainRows: _, ...mute } = adder(1)
  const row = { a: 0.1, b: 0.2 }
  const label_set = ['no', 'yes']
  const silent = await loaded(mute, { label_set })
  await expect(silent.predict([row], { explain: 1 })).rejects.toThrow(coded('not_explainable'))
  expect(await silent.predict([row])).toHaveLength(1)
  const failing = await loaded(
    adder(1, {
      explainRows: () => {
        throw new Error('linear leaves')
      },
    }),
    { label_set },
  )
  await expect(failing.explain([row], 1)).rejects.toThrow(coded('not_explainable'))
  const short = await loaded(adder(1, { explainRows: () => new Float64Array(2) }), { label_set })
  await expect(short.explain([row], 1)).rejects.toThrow(coded('bad_output'))
  for (const most of [0, -1, 1.5, Number.NaN])
    await expect(silent.predict([row], { explain: most })).rejects.toThrow(coded('invalid_explain'))
})

it('refuses to explain a LightGBM model without counts of rows', async () => {
  const text = readFileSync(join(demoDir, 'models', BEST, 'model.txt'), 'utf8')
  const uncounted = text.replace(/^(leaf_count|internal_count|tree_sizes)=.*\n/gm, '')
  const predictor = await loadPredictor(
    await makeBundle({ metadata: { label_set: undefined }, files: { 'model.txt': uncounted } }),
  )
  const row = predictor.columns.map(() => 0)
  await expect(predictor.explain([row], 1)).rejects.toThrow(coded('not_explainable'))
})
