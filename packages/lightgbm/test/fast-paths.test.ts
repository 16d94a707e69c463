import { parseModel } from '@taskclf/lightgbm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seeded } from './damage.js'
import { type ModelSpec, modelText, type TreeSpec } from './model-text.js'
import { readReference, referenceLeaves, referencePrediction, referenceRawScore } from './reference.js'

const TINY = Math.fround(1e-35)
const VALUES = [0, -0, TINY, -TINY, 1e-36, 1.1e-35, -1.1e-35, 1, -1, 2, 3.99, 31, 32, 70, 1e300, -1e300]
const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2147483647, 2147483648, -0.5]

type Random = () => number
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** A tree of random shape, with every kind of node LightGBM can write, in an order it would not choose. */
function randomTree(random: Random, features: number, linear: boolean): TreeSpec {
  const leaves = 1 + Math.floor(random() ** 2 * 40)
  const nodes = leaves - 1
  const tree = {
    splitFeature: [] as number[],
    threshold: [] as (number | string)[],
    decisionType: [] as number[],
  }
  const left = new Array<number>(nodes)
  const right = new Array<number>(nodes)
  const catBoundaries = [0]
  const catThreshold: number[] = []
  // Grow leaf-wise: each new node takes the place of a leaf and gets a new one.
  const slots: [number[], number][] = []
  for (let node = 0; node < nodes; node++) {
    const leaf = Math.floor(random() * (node + 1))
    const slot = slots[leaf]
    if (slot !== undefined) slot[0][slot[1]] = node
    left[node] = -leaf - 1
    right[node] = -(node + 1) - 1
    slots[leaf] = [left, node]
    slots[node + 1] = [right, node]
    tree.splitFeature.push(Math.floor(random() * features))
    if (random() < 0.25) {
      tree.decisionType.push(pick(random, [1, 3, 9, 11]))
      tree.threshold.push(catBoundaries.length - 1)
      const words = Math.floor(random() * 4)
      for (let i = 0; i < words; i++) catThreshold.push(Math.floor(random() * 4294967296))
      catBoundaries.push(catThreshold.length)
    } else {
      tree.decisionType.push(pick(random, [0, 2, 4, 6, 8, 10]))
      tree.threshold.push(pick(random, [...VALUES, 'inf', '-inf', random() * 4 - 2]))
    }
  }
  const spec: TreeSpec = {
    leafValue: Array.from({ length: leaves }, () => random() * 2 - 1),
    ...(nodes === 0 ? {} : { ...tree, leftChild: left, rightChild: right }),
    ...(catBoundaries.length > 1 ? { catBoundaries, catThreshold } : {}),
  }
  if (!linear || random() < 0.3) return spec
  const counts = spec.leafValue.map(() => Math.floor(random() * 3))
  const terms = counts.reduce((sum, count) => sum + count, 0)
  const list = (of: () => number) => Array.from({ length: terms }, of).join(' ')
  spec.more = [
    'is_linear=1',
    `leaf_const=${spec.leafValue.map(() => random()).join(' ')}`,
    `num_features=${counts.join(' ')}`,
    `leaf_features=${list(() => Math.floor(random() * features))}`,
    `leaf_coeff=${list(() => random() - 0.5)}`,
  ]
  return spec
}

function randomModel(random: Random, features: number): ModelSpec {
  const numClass = pick(random, [1, 1, 2, 5])
  const linear = random() < 0.2
  const trees = Array.from({ length: numClass * (1 + Math.floor(random() * 4)) }, () =>
    randomTree(random, features, linear),
  )
  const objective =
    numClass === 1
      ? pick(random, ['regression', 'binary sigmoid:0.7', null])
      : `multiclass num_class:${numClass}`
  return {
    trees,
    numClass,
    objective,
    average: random() < 0.3,
    featureNames: Array.from({ length: features }, (_, i) => `f${i}`),
  }
}

it('predicts for one row, many rows and leaves what the slow reading says, for any forest', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(1, 15, 16, 40, 1100),
      (seed, features, count) => {
        const random = seeded(seed)
        const text = modelText(randomModel(random, features))
        const model = parseModel(text)
        const reference = readReference(text)
        const value = () =>
          random() < 0.3 ? pick(random, SPECIAL) : random() < 0.5 ? pick(random, VALUES) : random() * 4 - 2
        const kinds = Array.from({ length: Math.min(count, 40) }, () =>
          Array.from({ length: features }, value),
        )
        const rows = Array.from({ length: count }, (_, i) => kinds[i % kinds.length] as number[])
        const flat = Float64Array.from(rows.flat())
        const raw = model.rawScoreRows(flat, count)
        const predicted = model.predictRows(flat, count)
        const leaves = model.leafIndexRows(flat, count)
        const { outputsPerRow: width, numTrees } = model
        kinds.forEach((row, kind) => {
          const expected = referenceRawScore(reference, row)
          expect([...model.rawScoreRow(row)]).toEqual(expected)
          expect([...model.predictRow(row)]).toEqual(referencePrediction(reference, row))
          expect([...model.leafIndexRow(row)]).toEqual(referenceLeaves(reference, row))
          for (let i = kind; i < count; i += kinds.length) {
            expect([...raw.subarray(i * width, (i + 1) * width)]).toEqual(expected)
          }
        })
        expect([...predicted.subarray(0, width)]).toEqual([...model.predictRow(rows[0] as number[])])
        expect([...leaves.subarray(0, numTrees)]).toEqual([...model.leafIndexRow(rows[0] as number[])])
      },
    ),
    { numRuns: 300, seed: 20261121 },
  )
})

it('walks the rows one by one for a model that reads very many columns, with the same answers', () => {
  const features = 5000
  const trees: TreeSpec[] = Array.from({ length: features }, (_, feature) => ({
    leafValue: [feature, -feature],
    splitFeature: [feature],
    threshold: [0],
    decisionType: [2],
    leftChild: [-1],
    rightChild: [-2],
  }))
  const model = parseModel(modelText({ trees, featureNames: trees.map((_, i) => `f${i}`) }))
  const rows = Float64Array.from({ length: 20 * features }, (_, i) => (i % 7) - 3)
  const together = model.rawScoreRows(rows, 20)
  for (let row = 0; row < 20; row++) {
    expect(together[row]).toBe(model.rawScoreRow(rows.subarray(row * features, (row + 1) * features))[0])
  }
})
