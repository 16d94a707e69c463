import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClassPrediction, loadPredictor, REJECT_LABEL } from '@taskclf/predictor'
import { demoDir, fixturePath } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { demoRows, validBundle } from './support.js'

interface Expected {
  model_id: string
  labels: string[]
  probabilities: number[][]
}

interface Goldens {
  feature_columns: string[]
  rows: (string | number | boolean | null)[][]
  labels_sorted: string[]
  models: Record<string, { categorical_codes_first_20: number[][]; proba: number[][]; pred_label: string[] }>
}

const json = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T

/** Largest difference between two tables of the same shape. */
function deviation(found: readonly number[][], expected: readonly number[][]): number {
  expect(found.map((row) => row.length)).toEqual(expected.map((row) => row.length))
  const differences = expected.flatMap((row, r) => row.map((p, i) => Math.abs(p - (found[r]?.[i] ?? 2))))
  return Math.max(...differences)
}

describe('the demo', () => {
  it('predicts windows.csv as LightGBM does', async () => {
    const expected = json<Expected>(demoDir, 'expected-predictions.json')
    const predictor = await loadPredictor(await validBundle(join(demoDir, 'models', expected.model_id)))
    expect(predictor.labels).toEqual(expected.labels)
    const predictions = await predictor.predict(demoRows())
    expect(
      deviation(
        predictions.map((each) => each.probabilities as number[]),
        expected.probabilities,
      ),
    ).toBeLessThan(1e-12)
    for (const [r, prediction] of predictions.entries()) {
      const { label, confidence, probabilities, rejected } = prediction as ClassPrediction
      expect(confidence).toBe(Math.max(...probabilities))
      expect(rejected).toBe(confidence < 0.55)
      const top = expected.labels[probabilities.indexOf(confidence)]
      expect(label, `row ${r}`).toBe(rejected ? REJECT_LABEL : top)
    }
    expect(predictions.some((each) => each.rejected)).toBe(true)
  })
})

describe("the Python project's bundles", () => {
  const goldens = json<Goldens>(fixturePath('registry', 'e2e-goldens.json'))

  it.each(Object.entries(goldens.models))(
    'agrees with %s: columns, codes, probabilities',
    async (id, golden) => {
      const bundle = await validBundle(fixturePath('registry', 'models', id))
      const predictor = await loadPredictor(bundle, { pythonInterop: true })
      expect(predictor.columns).toEqual(goldens.feature_columns)
      expect(predictor.labels).toEqual(goldens.labels_sorted)
      expect(predictor.rejectThreshold).toBe(0.55)

      const encoders = json<Record<string, string[]>>(bundle.path, 'categorical_encoders.json')
      const places = Object.keys(encoders).map((column) => goldens.feature_columns.indexOf(column))
      const codes = predictor.encode(goldens.rows.slice(0, 20))
      const width = goldens.feature_columns.length
      const found = golden.categorical_codes_first_20.map((_, r) => places.map((c) => codes[r * width + c]))
      expect(found).toEqual(golden.categorical_codes_first_20)

      const predictions = await predictor.predict(goldens.rows)
      expect(
        deviation(
          predictions.map((each) => each.probabilities as number[]),
          golden.proba,
        ),
      ).toBeLessThan(1e-12)
      // Before the threshold: the label of the highest probability.
      const open = await loadPredictor(bundle, { rejectThreshold: null, pythonInterop: true })
      const labels = (await open.predict(goldens.rows)).map((each) => each.label)
      expect(labels).toEqual(golden.pred_label)
    },
  )

  it('accepts rows by name in any order, and as texts', async () => {
    const [id = ''] = Object.keys(goldens.models)
    const predictor = await loadPredictor(await validBundle(fixturePath('registry', 'models', id)))
    const named = goldens.rows.map((row) => {
      const cells = goldens.feature_columns.map((name, c) => [name, row[c] ?? null] as const)
      return Object.fromEntries([['extra', 'passed over'], ...cells.reverse()])
    })
    const texts = named.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, cell === null ? '' : String(cell)]),
      ),
    )
    const inOrder = predictor.encode(goldens.rows)
    expect(predictor.encode(named)).toEqual(inOrder)
    expect(predictor.encode(texts)).toEqual(inOrder)
  })
})
