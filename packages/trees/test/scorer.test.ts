import { buildForest, createScorer, forestBuffers, missingMatters, TREATMENT } from '@taskclf/trees'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leafOf, scoreOf } from './oracle.js'
import { hostile, randomRules, randomTree, seeded } from './random-forest.js'
import { stump } from './stump.js'

class Refused extends Error {
  constructor(readonly code: string) {
    super(code)
  }
}
const refuse = (code: string) => new Refused(code)

it('answers for one row, many rows and leaves as walking node by node does, for any forest and rules', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(1, 15, 16, 40, 1100),
      (seed, numFeatures, count) => {
        const random = seeded(seed)
        const rules = randomRules(random)
        const trees = Array.from({ length: 1 + Math.floor(random() * 20) }, () =>
          randomTree(random, numFeatures, rules),
        )
        const forest = buildForest(trees, rules)
        const scorer = createScorer(forest, { numFeatures, refuse })
        const kinds = Array.from({ length: Math.min(count, 30) }, () =>
          Array.from({ length: numFeatures }, () => hostile(random)),
        )
        const flat = Float64Array.from(
          Array.from({ length: count }, (_, i) => kinds[i % kinds.length] as number[]).flat(),
        )
        const scores = scorer.scoreRows(flat, count)
        const leaves = scorer.leafIndexRows(flat, count)
        kinds.forEach((row, kind) => {
          const expected = scoreOf(trees, rules, row)
          expect([...scorer.scoreRow(row)]).toEqual(expected)
          const expectedLeaves = trees.map((tree) => leafOf(tree, rules, row))
          expect([...scorer.leafIndexRow(row)]).toEqual(expectedLeaves)
          for (let i = kind; i < count; i += kinds.length) {
            expect([...scores.subarray(i * rules.outputs, (i + 1) * rules.outputs)]).toEqual(expected)
            expect([...leaves.subarray(i * trees.length, (i + 1) * trees.length)]).toEqual(expectedLeaves)
          }
        })
      },
    ),
    { numRuns: 300, seed: 20261128 },
  )
})

it('sends left what is at most a threshold, or what is below it in float32', () => {
  const tenth = Math.fround(0.1)
  const answers = (left: 'at_most' | 'below', treatment: number, threshold: number, values: number[]) => {
    const forest = buildForest([stump({ treatment, threshold })], { outputs: 1, left, sums: 'float64' })
    const { scoreRow } = createScorer(forest, { numFeatures: 1, refuse })
    return values.map((value) => scoreRow([value])[0])
  }
  const single = TREATMENT.float32_missing_right
  expect(answers('at_most', TREATMENT.missing_right, 0.1, [0.1, tenth])).toEqual([1, 2])
  expect(answers('below', single, tenth, [0.1, tenth, 0.0999999])).toEqual([2, 2, 1])
  expect(answers('below', single, 0, [-1e-45, -0, 0])).toEqual([1, 2, 2])
  expect(answers('below', single, Infinity, [3.4e38, Infinity, Number.NaN])).toEqual([1, 2, 2])
  expect(answers('below', single, -Infinity, [-Infinity, -1])).toEqual([2, 2])
  expect(answers('below', TREATMENT.float32_missing_left, -1, [Number.NaN, -1.5, -1])).toEqual([1, 1, 2])
})

it('reads bit 0 of a shifted set as what is missing', () => {
  const tree = {
    ...stump({ treatment: TREATMENT.category_or_missing, threshold: 0 }),
    setStart: Int32Array.of(0, 1),
    setWords: Uint32Array.of(0b1001),
  }
  const forest = buildForest([tree], { outputs: 1, left: 'below', sums: 'float32' })
  const { scoreRow } = createScorer(forest, { numFeatures: 1, refuse })
  expect([Number.NaN, 2, 2.9, 0, 3, -1, 2 ** 24, 31].map((value) => scoreRow([value])[0])).toEqual([
    1, 1, 1, 2, 2, 2, 2, 2,
  ])
})

it('says at which features a missing value matters', () => {
  const trees = [
    stump({ feature: 0, treatment: TREATMENT.missing_is_zero }),
    stump({ feature: 1, treatment: TREATMENT.missing_left }),
    stump({ feature: 2, treatment: TREATMENT.zero_right }),
  ]
  const forest = buildForest(trees, { outputs: 1, left: 'at_most', sums: 'float64' })
  expect([...missingMatters(forest)]).toEqual([1])
})

it('keeps every array of a forest that is posted', () => {
  const forest = buildForest([stump({})], { outputs: 1, left: 'at_most', sums: 'float64' })
  const posted = structuredClone(forest, { transfer: forestBuffers(forest) })
  expect(forest.threshold).toHaveLength(0)
  expect([...createScorer(posted, { numFeatures: 1, refuse }).scoreRow([1])]).toEqual([2])
})

it('refuses rows and arrays of another length with the reader’s error', () => {
  const forest = buildForest([stump({})], { outputs: 1, left: 'at_most', sums: 'float64' })
  const { scoreRow, scoreRows, leafIndexRow, leafIndexRows } = createScorer(forest, {
    numFeatures: 1,
    refuse,
  })
  for (const given of [
    () => scoreRow([1, 2]),
    () => scoreRows(Float64Array.of(1), 2),
    () => leafIndexRow([]),
    () => leafIndexRows(Float64Array.of(1), -1),
  ])
    expect(given).toThrow(expect.objectContaining({ code: 'bad_row' }))
  expect(() => scoreRow([1], new Float64Array(0))).toThrow(expect.objectContaining({ code: 'bad_output' }))
})
