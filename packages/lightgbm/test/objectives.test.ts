import { parseModel } from '@taskclf/lightgbm'
import { expect, it } from 'vitest'
import { modelText } from './model-text.js'

function load(objective: string | null, scores: number[]) {
  const trees = scores.map((value) => ({ leafValue: [value] }))
  return parseModel(modelText({ trees, numClass: scores.length, objective }))
}

/** Measured with LightGBM 4.7.0: the prediction for a raw score of -1.7. */
it.each([
  [null, -1.7],
  ['custom', -1.7],
  ['none', -1.7],
  ['regression', -1.7],
  ['regression sqrt', -2.8899999999999997],
  ['regression_l1', -1.7],
  ['regression_l1 sqrt', -2.8899999999999997],
  ['huber', -1.7],
  ['huber sqrt', -1.7],
  ['fair', -1.7],
  ['fair sqrt', -2.8899999999999997],
  ['quantile alpha:0.5', -1.7],
  ['quantile sqrt', -2.8899999999999997],
  ['mape', -1.7],
  ['mape sqrt', -2.8899999999999997],
  ['poisson', 0.18268352405273466],
  ['poisson sqrt', 0.18268352405273466],
  ['gamma', 0.18268352405273466],
  ['tweedie tweedie_variance_power:1.5', 0.18268352405273466],
  ['binary sigmoid:1', 0.1544652650835347],
  ['binary sigmoid:0.5', 0.29943285752602705],
  ['binary sigmoid:1 foo:2', 0.1544652650835347],
  ['cross_entropy', 0.1544652650835347],
  ['cross_entropy_lambda', 0.16778602938626594],
  ['lambdarank', -1.7],
  ['rank_xendcg', -1.7],
])('computes %s', (objective, expected) => {
  const model = load(objective, [-1.7])
  expect(model.predictRow([0, 0])[0]).toBeCloseTo(expected, 14)
  expect(model.rawScoreRow([0, 0])[0]).toBe(-1.7)
  expect(model.objective.name).toBe(objective === null ? 'custom' : objective.split(' ')[0])
})

it.each([
  ['multiclass num_class:3', [0.013319944632947792, 0.09842181812750146, 0.8882582372395508]],
  ['multiclassova num_class:3 sigmoid:1.7', [0.05265011843530293, 0.6248064744684293, 0.9859363729567544]],
  [null, [-1.7, 0.3, 2.5]],
])('computes %s of three classes', (objective, expected) => {
  const got = load(objective, [-1.7, 0.3, 2.5]).predictRow([0, 0])
  expected.forEach((value, i) => {
    expect(got[i]).toBeCloseTo(value, 14)
  })
})

it('does not let softmax overflow', () => {
  expect([...load('multiclass num_class:2', [1e300, -1e300]).predictRow([0, 0])]).toEqual([1, 0])
})

it('reads options as they are', () => {
  const { objective } = load('multiclassova num_class:2 sigmoid:1.7', [0, 0])
  expect(objective).toEqual({ name: 'multiclassova', params: { num_class: '2', sigmoid: '1.7' } })
})

it.each([
  ['focal alpha:2', 1, 'unsupported_objective'],
  ['', 1, 'unsupported_objective'],
  ['mse sqrt', 1, 'unsupported_objective'],
  ['__proto__', 1, 'unsupported_objective'],
  ['binary', 1, 'bad_number'],
  ['binary sigmoid:-1', 1, 'bad_number'],
  ['binary sigmoid:nan', 1, 'bad_number'],
  ['binary sigmoid:0x10', 1, 'bad_number'],
  ['binary sigmoid:1 sigmoid:2', 1, 'duplicate_field'],
  ['binary sigmoid:1', 2, 'bad_count'],
  ['multiclass', 3, 'bad_count'],
  ['multiclass num_class:4', 3, 'bad_count'],
])('reads objective=%s with %i classes: %s', (objective, classes, code) => {
  expect(() => load(objective, Array<number>(classes).fill(0))).toThrow(
    expect.objectContaining({ name: 'LightgbmError', code, field: 'objective', line: 7 }),
  )
})
