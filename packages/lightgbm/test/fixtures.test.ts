import { parseModel } from '@taskclf/lightgbm'
import { describe, expect, it } from 'vitest'
import { fixtureNames, readFixture } from './fixtures.js'

/** The C library adds a linear leaf's terms with fused multiply-adds; JavaScript has none. */
const FUSED = 'linear-tree'

it('has thirteen models', () => {
  expect(fixtureNames).toHaveLength(13)
})

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    const got = actual[i] as number
    if (Object.is(got, value) || (Number.isNaN(value) && Number.isNaN(got))) return
    expect(Math.abs(got - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value))
  })
}

describe.each(fixtureNames)('%s', (name) => {
  const fixture = readFixture(name)
  const model = parseModel(fixture.bytes)
  // JSON lost which infinity overflowed into NaN: null in expected.json stands for NaN.
  const all = Float64Array.from(fixture.rows.flat())

  it('says what the file is', () => {
    expect(model.numFeatures).toBe(fixture.numFeatures)
    expect(model.numTrees).toBe(fixture.numTrees)
    expect(model.featureNames).toEqual(fixture.featureNames)
    expect(model.averageOutput).toBe(fixture.averageOutput)
    expect(model.outputsPerRow).toBe(fixture.rawScore[0]?.length)
    expect(model.numIterations * model.treesPerIteration).toBe(model.numTrees)
  })

  it('gives raw scores equal bit for bit, row by row and all at once', () => {
    const together = model.rawScoreRows(all, fixture.rows.length)
    fixture.rows.forEach((row, i) => {
      const alone = model.rawScoreRow(row)
      const expected = fixture.rawScore[i] as number[]
      if (name === FUSED) expectClose(alone, expected)
      else expect([...alone]).toEqual(expected)
      expect([...together.subarray(i * model.outputsPerRow, (i + 1) * model.outputsPerRow)]).toEqual([
        ...alone,
      ])
    })
  })

  it('gives predictions within 1e-12, row by row and all at once', () => {
    const together = model.predictRows(all, fixture.rows.length)
    fixture.rows.forEach((row, i) => {
      const alone = model.predictRow(row)
      expectClose(alone, fixture.prediction[i] as number[])
      expect([...together.subarray(i * model.outputsPerRow, (i + 1) * model.outputsPerRow)]).toEqual([
        ...alone,
      ])
    })
  })

  it('gives the leaf of every tree', () => {
    const together = model.leafIndexRows(all, fixture.rows.length)
    fixture.leaves.forEach((leaves, i) => {
      expect([...model.leafIndexRow(fixture.rows[i] as number[])]).toEqual(leaves)
      expect([...together.subarray(i * model.numTrees, (i + 1) * model.numTrees)]).toEqual(leaves)
    })
  })

  it('reads the same model from a string', () => {
    const row = fixture.rows[0] as number[]
    expect([...parseModel(fixture.text).rawScoreRow(row)]).toEqual([...model.rawScoreRow(row)])
  })
})
