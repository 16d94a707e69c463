import { parseModel } from '@taskclf/lightgbm'
import { expect, it } from 'vitest'
import { readFixture } from './fixtures.js'
import { modelText, SMALL_TREE, type TreeSpec } from './model-text.js'

const TINY = Math.fround(1e-35)

/** A tree that answers 1 for left and 2 for right at its one node. */
function split(decisionType: number, threshold: number | string, more: Partial<TreeSpec> = {}): TreeSpec {
  return {
    leafValue: [1, 2],
    splitFeature: [0],
    threshold: [threshold],
    decisionType: [decisionType],
    leftChild: [-1],
    rightChild: [-2],
    ...more,
  }
}

function answers(tree: TreeSpec, values: number[]): number[] {
  const model = parseModel(modelText({ trees: [tree], featureNames: ['x'] }))
  const alone = values.map((value) => model.rawScoreRow([value])[0] as number)
  const many = Array.from({ length: 64 }, (_, i) => values[i % values.length] as number)
  const together = [...model.rawScoreRows(Float64Array.from(many), 64)]
  expect(together.slice(0, values.length)).toEqual(alone)
  return alone
}

const LEFT = 1
const RIGHT = 2

it('rounds values up to float32(1e-35) of a dense row away before any comparison', () => {
  expect(answers(split(0, -1e-36), [0, 1e-36, -1e-36, TINY, -TINY])).toEqual([
    RIGHT,
    RIGHT,
    RIGHT,
    RIGHT,
    RIGHT,
  ])
  expect(answers(split(0, -1e-36), [-1.1e-35])).toEqual([LEFT])
  expect(answers(split(0, 0), [1e-36, TINY, TINY * 1.000001])).toEqual([LEFT, LEFT, RIGHT])
  const { bytes, rows, rawScore } = readFixture('extreme-values-binary')
  const model = parseModel(bytes)
  expect(rows.map((row) => [...model.rawScoreRow(row)])).toEqual(rawScore)
})

it('reads NaN as 0 for missing type none, whatever the default side', () => {
  for (const defaultLeft of [0, 2]) {
    expect(answers(split(defaultLeft, 0.5), [Number.NaN, 0.5, 0.6])).toEqual([LEFT, LEFT, RIGHT])
    expect(answers(split(defaultLeft, -0.5), [Number.NaN])).toEqual([RIGHT])
  }
})

it('sends zero, tiny and NaN to the default side for missing type zero', () => {
  const zeros = [0, -0, TINY, -TINY, Number.NaN]
  expect(answers(split(4, 5), [...zeros, 5, 6])).toEqual([RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT, RIGHT])
  expect(answers(split(6, -5), [...zeros, -5, 6])).toEqual([LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, RIGHT])
})

it('sends NaN to the default side for missing type NaN, also past infinite thresholds', () => {
  expect(answers(split(8, 5), [Number.NaN, 0, 5, 6])).toEqual([RIGHT, LEFT, LEFT, RIGHT])
  expect(answers(split(10, -5), [Number.NaN, 0, -5])).toEqual([LEFT, RIGHT, LEFT])
  expect(answers(split(8, 'inf'), [Number.NaN, Infinity, 1e308])).toEqual([RIGHT, LEFT, LEFT])
  expect(answers(split(10, '-inf'), [Number.NaN, -Infinity, -1e308])).toEqual([LEFT, LEFT, RIGHT])
})

it('truncates categories toward zero; NaN, negative, unknown and beyond int32 go right', () => {
  // The set is {0, 3, 33}; flags for NaN and default left are set and must not matter.
  const tree = split(1 + 2 + 8, 0, { catBoundaries: [0, 2], catThreshold: [0b1001, 0b10] })
  expect(answers(tree, [0, -0.5, 3.99, 33, 1e-36])).toEqual([LEFT, LEFT, LEFT, LEFT, LEFT])
  const right = [Number.NaN, -1, 1, 32, 64, 2147483648, 4294967299, Infinity, -Infinity]
  expect(answers(tree, right)).toEqual(right.map(() => RIGHT))
})

it('reads bit 31 of a category word, and several sets in one tree', () => {
  const tree: TreeSpec = {
    leafValue: [1, 2, 4],
    splitFeature: [0, 0],
    threshold: [1, 0],
    decisionType: [1, 1],
    leftChild: [-1, -2],
    rightChild: [1, -3],
    catBoundaries: [0, 1, 2],
    catThreshold: [2147483648, 4294967295 - 2147483648],
  }
  // Node 0 uses set 1 = {0 … 30}, node 1 set 0 = {31}.
  expect(answers(tree, [0, 30, 31, 32])).toEqual([1, 1, 2, 4])
})

it('sums the raw score of a random forest; only the prediction is averaged', () => {
  const trees = [1, 2, 6].map((value) => ({ leafValue: [value] }))
  const model = parseModel(modelText({ trees, average: true, objective: 'binary sigmoid:1' }))
  expect([...model.rawScoreRow([0, 0])]).toEqual([9])
  expect([...model.predictRow([0, 0])]).toEqual([1 / (1 + Math.exp(-3))])
  expect(model.averageOutput).toBe(true)
})

it('reads trees of one leaf without split arrays, empty or absent', () => {
  const full = modelText({ trees: [{ leafValue: [0.25] }] })
  const bare = full.replace(/^(split_|threshold|decision_type|left_child|right_child|is_linear).*\n/gm, '')
  expect([...parseModel(full).rawScoreRow([0, 0])]).toEqual([0.25])
  expect([...parseModel(bare.replace(/^tree_sizes=.*$/m, 'tree_sizes=60')).rawScoreRow([0, 0])]).toEqual([
    0.25,
  ])
  expect([...parseModel(full).leafIndexRow([0, 0])]).toEqual([0])
})

it('reads an absent class as constant single-leaf trees between normal ones', () => {
  const trees = [SMALL_TREE, { leafValue: [-34.5] }, SMALL_TREE, { leafValue: [0] }]
  const model = parseModel(modelText({ trees, numClass: 2, objective: 'multiclass num_class:2' }))
  expect([...model.rawScoreRow([1, 1])]).toEqual([8, -34.5])
  expect([...model.leafIndexRow([1, 1])]).toEqual([2, 0, 2, 0])
})

it('sums leaves per class in the order of the file, as plain doubles', () => {
  const values = [1e16, 1, -1e16, 1]
  const model = parseModel(modelText({ trees: values.map((value) => ({ leafValue: [value] })) }))
  expect(model.rawScoreRow([0, 0])[0]).toBe(1)
  const tied = parseModel(modelText({ trees: [{ leafValue: ['-0'] }] }))
  expect(tied.rawScoreRow([0, 0])[0]).toBe(0)
})

it('reads feature names in UTF-8 and with =, and byte counts as of bytes', () => {
  const featureNames = ['größe=cm', '使用率_🙂']
  const text = modelText({ trees: [{ ...SMALL_TREE, more: ['note=äöü使🙂'] }, SMALL_TREE], featureNames })
  for (const source of [text, new TextEncoder().encode(text)]) {
    expect(parseModel(source).featureNames).toEqual(featureNames)
  }
})

it('reads pandas_categorical as JSON, which may be absent', () => {
  const of = (trailer: string) => parseModel(modelText({ trees: [SMALL_TREE], trailer })).pandasCategorical
  expect(of('\nparameters:\n[a: b]\nend of parameters\n\npandas_categorical:[["a", "b"], [1, 2]]\n')).toEqual(
    [
      ['a', 'b'],
      [1, 2],
    ],
  )
  expect(of('\npandas_categorical:null\n\n\n')).toBeNull()
  expect(of('')).toBeNull()
})

it('adds the terms of a linear leaf in order, and gives its plain value when a feature is NaN', () => {
  const more = [
    'is_linear=1',
    'leaf_const=10 20 30',
    'num_features=2 0 1',
    'leaf_features=0 1    1 ',
    'leaf_coeff=2 3    -1 ',
  ]
  const model = parseModel(modelText({ trees: [{ ...SMALL_TREE, more }, { leafValue: [100] }] }))
  const score = (row: number[]) => model.rawScoreRow(row)[0]
  expect(score([0.5, 1e-36])).toBe(111)
  expect(score([0.5, 5])).toBe(126)
  expect(score([0.5, Number.NaN])).toBe(101)
  expect(score([0.6, 0.25])).toBe(120)
  expect(score([0.6, 1])).toBe(129)
  const rows = Float64Array.from(Array.from({ length: 20 }, () => [0.5, 5, 0.5, Number.NaN]).flat())
  expect([...model.rawScoreRows(rows, 40)].slice(0, 2)).toEqual([126, 101])
})

it('reads a linear tree of a single leaf', () => {
  const more = ['is_linear=1', 'leaf_const=10', 'num_features=1', 'leaf_features=1 ', 'leaf_coeff=2 ']
  const model = parseModel(modelText({ trees: [{ leafValue: [7], more }] }))
  expect([...model.rawScoreRow([0, 3])]).toEqual([16])
  expect([...model.rawScoreRow([0, Number.NaN])]).toEqual([7])
})

it('refuses CRLF line ends', () => {
  const text = modelText({ trees: [SMALL_TREE] }).replaceAll('\n', '\r\n')
  expect(() => parseModel(text)).toThrow(expect.objectContaining({ code: 'crlf', line: 1 }))
})
