import { readdirSync, readFileSync } from 'node:fs'
import { fixturePath } from '@taskclf/test-kit'

/** One folder of fixtures/lightgbm: a model LightGBM wrote, rows, and what LightGBM says of them. */
export interface Fixture {
  name: string
  bytes: Uint8Array
  text: string
  rows: number[][]
  rawScore: number[][]
  prediction: number[][]
  leaves: number[][]
  numFeatures: number
  numTrees: number
  featureNames: string[]
  averageOutput: boolean
}

export const fixtureNames = readdirSync(fixturePath('lightgbm'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

export function readFixture(name: string): Fixture {
  const file = (base: string) => readFileSync(fixturePath('lightgbm', name, base))
  const bytes = file('model.txt')
  const expected = JSON.parse(file('expected.json').toString())
  const rows: unknown[][] = JSON.parse(file('rows.json').toString())
  return {
    name,
    bytes: new Uint8Array(bytes),
    text: bytes.toString(),
    rows: rows.map((row) => row.map(toNumber)),
    rawScore: expected.raw_score.map(toList),
    prediction: expected.prediction.map(toList),
    leaves: expected.pred_leaf_first_20.map(toList),
    numFeatures: expected.num_features,
    numTrees: expected.num_trees,
    featureNames: expected.feature_names,
    averageOutput: expected.average_output,
  }
}

/** JSON has no NaN (null) and no infinities (strings). */
function toNumber(value: unknown): number {
  return value === null ? Number.NaN : Number(value)
}

function toList(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).map(toNumber)
}
