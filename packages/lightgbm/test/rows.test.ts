import { parseModel } from '@taskclf/lightgbm'
import { expect, it } from 'vitest'
import { modelText, SMALL_TREE } from './model-text.js'

const model = parseModel(modelText({ trees: [SMALL_TREE, SMALL_TREE], objective: 'regression sqrt' }))
const TWO = Float64Array.of(0, 0, 1, 1)

it('accepts rows as arrays or typed arrays', () => {
  for (const row of [[1, 1], Float64Array.of(1, 1), Float32Array.of(1, 1), TWO.subarray(2)]) {
    expect([...model.predictRow(row)]).toEqual([64])
  }
})

it('needs no this in its functions', () => {
  const { rawScoreRow, predictRows } = model
  expect([...rawScoreRow([1, 1])]).toEqual([8])
  expect([...predictRows(TWO, 2)]).toEqual([4, 64])
})

it('writes into the array given, over what was there, and not beyond', () => {
  const floats = Float64Array.of(7, 7, 7)
  expect(model.rawScoreRow([1, 1], floats)).toBe(floats)
  expect([...floats]).toEqual([8, 7, 7])
  expect(model.predictRow([1, 1], floats)).toBe(floats)
  expect(model.rawScoreRows(TWO, 2, floats)).toBe(floats)
  expect([...floats]).toEqual([2, 8, 7])
  expect(model.predictRows(TWO, 2, floats)).toBe(floats)
  expect([...floats]).toEqual([4, 64, 7])
  const ints = Int32Array.of(7, 7, 7, 7, 7)
  expect(model.leafIndexRow([1, 1], ints)).toBe(ints)
  expect([...ints]).toEqual([2, 2, 7, 7, 7])
  expect(model.leafIndexRows(TWO, 2, ints)).toBe(ints)
  expect([...ints]).toEqual([0, 0, 2, 2, 7])
})

it('accepts no rows', () => {
  expect(model.predictRows(new Float64Array(0), 0)).toHaveLength(0)
  expect(model.leafIndexRows(new Float64Array(0), 0)).toHaveLength(0)
})

it('refuses rows of another length', () => {
  const code = expect.objectContaining({ name: 'LightgbmError', code: 'bad_row', line: undefined })
  for (const row of [[], [1], [1, 2, 3]]) {
    expect(() => model.rawScoreRow(row)).toThrow(code)
    expect(() => model.predictRow(row)).toThrow(code)
    expect(() => model.leafIndexRow(row)).toThrow(code)
  }
  for (const [rows, count] of [
    [TWO, 1],
    [TWO, 3],
    [TWO, 2.5],
    [TWO, Number.NaN],
    [new Float64Array(0), -0.5],
    [new Float64Array(0), -1],
  ] as const) {
    expect(() => model.rawScoreRows(rows, count)).toThrow(code)
    expect(() => model.predictRows(rows, count)).toThrow(code)
    expect(() => model.leafIndexRows(rows, count)).toThrow(code)
  }
})

it('refuses an output array that is too short', () => {
  const code = expect.objectContaining({ code: 'bad_output' })
  expect(() => model.rawScoreRow([1, 1], new Float64Array(0))).toThrow(code)
  expect(() => model.predictRows(TWO, 2, new Float64Array(1))).toThrow(code)
  expect(() => model.leafIndexRow([1, 1], new Int32Array(1))).toThrow(code)
  expect(() => model.leafIndexRows(TWO, 2, new Int32Array(3))).toThrow(code)
})

it('shares no state between models', () => {
  const other = parseModel(modelText({ trees: [{ leafValue: [5] }], featureNames: ['only'] }))
  const before = [...model.rawScoreRow([0, 0])]
  other.rawScoreRow([1])
  expect([...model.rawScoreRow([0, 0])]).toEqual(before)
  expect(Object.isFrozen(model)).toBe(true)
})
