import { TINY_MODEL } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkBundle,
  loadPredictor,
  makeSelfTest,
  RegressionTally,
  runSelfTest,
  TablePredictions,
} from '../src/index.js'
import { failure, makeBundle } from './support.js'

const asIs = TINY_MODEL.replace('binary sigmoid:1', 'regression')
const UNNAMED = { label_set: undefined }
const bundleOf = (task: string | undefined, model = asIs) =>
  makeBundle({ model, metadata: { ...UNNAMED, ...(task && { task }) } })

describe('a regressor', () => {
  it.each(['regression', 'regression_l1', 'huber', 'quantile', 'poisson', 'tweedie'])(
    'answers a value by its objective, %s',
    async (objective) => {
      const bundle = await bundleOf(undefined, TINY_MODEL.replace('binary sigmoid:1', objective))
      await using predictor = await loadPredictor(bundle)
      expect(predictor).toMatchObject({
        task: 'regression',
        outputs: ['value'],
        labels: [],
        rejectThreshold: null,
      })
      const [answer] = await predictor.predict([predictor.columns.map(() => 1)])
      expect(answer).toEqual({ value: expect.any(Number) })
    },
  )

  it('has no reject threshold: one that is asked for is refused, one of the bundle rejects nothing', async () => {
    const bundle = await makeBundle({ model: asIs, metadata: { ...UNNAMED, reject_threshold: 0.9 } })
    await using predictor = await loadPredictor(bundle)
    expect(predictor.rejectThreshold).toBeNull()
    expect(await failure(loadPredictor(bundle, { rejectThreshold: 0.5 }))).toMatchObject({
      code: 'invalid_threshold',
    })
  })

  it('is refused where the model has several outputs, or answers no finite number', async () => {
    const bundle = await makeBundle({
      metadata: { ...UNNAMED, task: 'regression', artifacts: ['m.toy'] },
      files: { 'm.toy': 'x' },
    })
    const runtime = (numOutputs: number, answer: number) => ({
      featureNames: ['x'],
      numOutputs,
      predictRows: (_: Float64Array, count: number) => new Float64Array(count * numOutputs).fill(answer),
    })
    const load = (numOutputs: number, answer: number) =>
      loadPredictor(bundle, { loaders: { '*.toy': () => runtime(numOutputs, answer) } })
    expect(await failure(load(2, 1))).toMatchObject({ code: 'outputs_contradict_task' })
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await using predictor = await load(1, odd)
      expect(await failure(predictor.predict([{ x: 1 }]))).toMatchObject({
        code: 'bad_output',
        row: 0,
        statusCode: 500,
      })
    }
  })

  it('is held to a self-test by its share of the answer', async () => {
    const bundle = await bundleOf('regression')
    await using predictor = await loadPredictor(bundle)
    const rows = [predictor.columns.map(() => 1), predictor.columns.map(() => null)]
    const { selfTest } = await makeSelfTest(predictor, [rows])
    expect(selfTest).toMatchObject({
      labels: ['value'],
      expected: [[expect.any(Number)], [expect.any(Number)]],
    })
    await runSelfTest(predictor, { selfTest })
    const off = { ...selfTest, expected: selfTest.expected.map(([value = 0]) => [value + 1e-3]) }
    expect(await failure(runSelfTest(predictor, { selfTest: off }))).toMatchObject({
      code: 'self_test_failed',
    })
    expect(
      await failure(runSelfTest(predictor, { selfTest: { ...selfTest, tolerance: 0.5 } })),
    ).toMatchObject({
      code: 'self_test_invalid',
    })
    expect(await checkBundle(bundle)).toEqual({ status: 'passed' })
  })
})

describe('a model of scores', () => {
  it.each(['lambdarank', 'custom'])('answers them as they are, of the objective %s', async (objective) => {
    const bundle = await bundleOf(undefined, TINY_MODEL.replace('binary sigmoid:1', objective))
    await using predictor = await loadPredictor(bundle)
    expect(predictor).toMatchObject({ task: 'scores', outputs: ['score_0'] })
    expect(await predictor.predict([predictor.columns.map(() => 1)])).toEqual([
      { scores: [expect.any(Number)] },
    ])
  })

  it('is any model whose bundle says so', async () => {
    await using predictor = await loadPredictor(await bundleOf('scores', TINY_MODEL))
    expect(predictor.task).toBe('scores')
  })
})

describe('a table of values', () => {
  it('has the value and the true one, and counts how far off it was', async () => {
    await using predictor = await loadPredictor(await bundleOf('regression'))
    const names = predictor.columns
    const values = (truth: unknown) => ({ ...Object.fromEntries(names.map((name) => [name, 1])), truth })
    const table = new TablePredictions(predictor, { table: 't.csv', labelColumn: 'truth' })
    expect(table.columns).toEqual(['row', 'value', 'true_value'])
    const rows = [
      ...(await table.of(['1', '2', '', null].map((truth, line) => ({ line, values: values(truth) })))),
    ]
    expect(rows.map((each) => each.row)).toEqual([1, 2, 3, 4])
    expect(table.regression.figures()).toMatchObject({ rows: 2, r2: expect.any(Number) })
    const odd = await table.of([{ line: 9, values: values('much') }])
    expect(() => [...odd]).toThrow(
      expect.objectContaining({ code: 'bad_value', message: expect.stringContaining('line 9') }),
    )
  })

  it('is as far off as the textbook says', () => {
    const pairs = fc.array(
      fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })),
      { minLength: 2, maxLength: 40 },
    )
    fc.assert(
      fc.property(pairs, (all) => {
        const tally = new RegressionTally()
        for (const [value, truth] of all) tally.add(value, truth)
        const n = all.length
        const mean = all.reduce((sum, [, truth]) => sum + truth, 0) / n
        const squares = all.reduce((sum, [value, truth]) => sum + (value - truth) ** 2, 0)
        const spread = all.reduce((sum, [, truth]) => sum + (truth - mean) ** 2, 0)
        const { rmse, mae, r2, rows } = tally.figures()
        expect(rows).toBe(n)
        expect(rmse).toBeCloseTo(Math.sqrt(squares / n), 9)
        expect(mae).toBeCloseTo(all.reduce((sum, [value, truth]) => sum + Math.abs(value - truth), 0) / n, 9)
        if (spread > 1e-9) expect(r2).toBeCloseTo(1 - squares / spread, 6)
        else expect(r2).toBeUndefined()
      }),
    )
  })

  it('keeps small differences between large values', () => {
    const tally = new RegressionTally()
    for (const truth of [1e9, 1e9 + 1, 1e9 + 2]) tally.add(truth, truth)
    expect(tally.figures()).toEqual({ rows: 3, rmse: 0, mae: 0, r2: 1 })
  })
})
