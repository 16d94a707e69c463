import { loadPredictor, PredictionTally, type Predictor, TablePredictions } from '@taskclf/predictor'
import { describe, expect, it } from 'vitest'
import { asLoader, failure, toy, toyBundle } from './support.js'

/** Label A for x of 1, B for 2, neither with much confidence for anything else. */
const byX = toy(['x'], 2, ([x]) => (x === 1 ? [0.9, 0.1] : x === 2 ? [0.2, 0.8] : [0.5, 0.5]))

async function predictorOf(): Promise<Predictor> {
  return loadPredictor(await toyBundle(), { loaders: { '*.toy': asLoader(byX) }, rejectThreshold: 0.6 })
}

const rowsOf = (...values: Record<string, unknown>[]) =>
  values.map((row, i) => ({ line: i + 2, values: row }))

describe('a table', () => {
  it('is predicted batch by batch, and counted', async () => {
    const predictor = await predictorOf()
    const [a, b] = predictor.labels as [string, string]
    const predictions = new TablePredictions(predictor, {
      table: 'in.csv',
      labelColumn: 'truth',
      keep: ['id'],
    })
    expect(predictions.columns).toEqual([
      'row',
      'label',
      'confidence',
      'true_label',
      'id',
      `prob_${a}`,
      `prob_${b}`,
    ])
    predictions.requireColumns(['x', 'truth', 'id'])
    const first = [...(await predictions.of(rowsOf({ x: 1, truth: a, id: 7 }, { x: 2, truth: a, id: 8 })))]
    expect(first).toMatchObject([
      { row: 1, label: a, confidence: 0.9, true_label: a, id: 7 },
      { row: 2, label: b, confidence: 0.8, true_label: a, id: 8 },
    ])
    const second = [...(await predictions.of(rowsOf({ x: 3, truth: b, id: 9 })))]
    expect(second).toMatchObject([{ row: 3, label: predictor.rejectLabel, true_label: b }])
    expect(predictions.tally).toMatchObject({ rows: 3, rejected: 1 })
    expect(predictions.tally.accuracy()).toMatchObject({
      rows: 3,
      correct: 1,
      acceptedRows: 2,
      acceptedAccuracy: 0.5,
    })
    expect([predictions.warnings, predictions.unknownCategories]).toEqual([[], []])
  })

  it('requires what is passed on, and without rows what the model needs', async () => {
    const predictions = new TablePredictions(await predictorOf(), { table: 'in.csv', keep: ['id'] })
    const missing = async (header: string[], isEmpty?: boolean) =>
      failure(Promise.resolve().then(() => predictions.requireColumns(header, isEmpty)))
    expect(await missing(['x'])).toMatchObject({ code: 'missing_columns', columns: ['id'] })
    expect(await missing(['id'], true)).toMatchObject({ code: 'missing_columns', columns: ['x'] })
    predictions.requireColumns(['id', 'x'], true)
  })

  it('names the line of a row at fault', async () => {
    const predictions = new TablePredictions(await predictorOf(), { table: 'in.csv' })
    expect(await failure(predictions.of(rowsOf({ x: 1 }, { x: 'much' })))).toMatchObject({
      message: expect.stringContaining('in.csv, line 3: '),
      details: { path: 'in.csv', line: 3 },
    })
  })
})

it('counts labels that the model does not know together', () => {
  const tally = new PredictionTally(['A', 'B'], 'Unsure')
  tally.add('A', false, 'Z')
  tally.add('Unsure', true, 'Y')
  tally.add('B', false, undefined)
  expect(tally.labels).toEqual([
    { label: 'A', rows: 1 },
    { label: 'B', rows: 1 },
    { label: 'Unsure', rows: 1 },
  ])
  const { confusion, accuracy } = tally.accuracy()
  expect([confusion.trueLabels, accuracy]).toEqual([['A', 'B', '(other)'], 0])
  expect(new PredictionTally(['A'], 'A').accuracy().accuracy).toBeUndefined()
})
