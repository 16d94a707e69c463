import { buildForest, createExplainer, createScorer, type ForestRules, type Tree } from '@taskclf/trees'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { goesLeft } from './oracle.js'
import { hostile, type Random, randomRules, randomTree, seeded } from './random-forest.js'
import { stump } from './stump.js'

class Refused extends Error {
  constructor(readonly code: string) {
    super(code)
  }
}
const refuse = (code: string) => new Refused(code)
const FLOAT64 = { outputs: 1, left: 'at_most', sums: 'float64' } as const

/** The tree, with counts that add up. */
function withCover(tree: Tree, random: Random): Tree {
  const leaves = [...tree.leafValue].map(() => 1 + Math.floor(random() * 50))
  const nodes = new Array<number>(tree.feature.length)
  const count = (child: number): number => {
    if (child < 0) return leaves[~child] as number
    nodes[child] = count(tree.left[child] as number) + count(tree.right[child] as number)
    return nodes[child] as number
  }
  if (nodes.length > 0) count(0)
  return { ...tree, cover: { nodes, leaves } }
}

/** What a tree answers when only some features of a row are known: at others both ways, by their shares. */
function answerOf(tree: Tree, rules: ForestRules, row: readonly number[], known: number, node = 0): number {
  if (node < 0) return tree.leafValue[~node] as number
  if (tree.feature.length === 0) return tree.leafValue[0] as number
  const [left, right] = [tree.left[node] as number, tree.right[node] as number]
  const answer = (child: number) => answerOf(tree, rules, row, known, child)
  if ((known >> (tree.feature[node] as number)) & 1)
    return answer(goesLeft(tree, node, rules, row) ? left : right)
  const { nodes, leaves } = tree.cover as NonNullable<Tree['cover']>
  const cover = (child: number) => (child < 0 ? leaves[~child] : nodes[child]) as number
  return (cover(left) * answer(left) + cover(right) * answer(right)) / cover(node)
}

/** Shapley's own formula: the mean over all orders in which features become known, by all subsets of them. */
function shapley(tree: Tree, rules: ForestRules, row: readonly number[]): number[] {
  const count = row.length
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const answers = Array.from({ length: 1 << count }, (_, known) => answerOf(tree, rules, row, known))
  const sizeOf = (known: number) => known.toString(2).replaceAll('0', '').length
  const parts = row.map((_, feature) =>
    answers.reduce((sum, answer, known) => {
      if ((known >> feature) & 1) return sum
      const weight = (factorial(sizeOf(known)) * factorial(count - sizeOf(known) - 1)) / factorial(count)
      return sum + weight * ((answers[known | (1 << feature)] as number) - answer)
    }, 0),
  )
  return [...parts, answers[0] as number]
}

it('gives what Shapley’s formula gives, for any forest', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, numFeatures) => {
      const random = seeded(seed)
      const rules = randomRules(random)
      const trees = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        withCover(randomTree(random, numFeatures, rules), random),
      )
      const { explainRow, explainRows } = createExplainer(buildForest(trees, rules), { numFeatures, refuse })
      const rows = [0, 1, 2].map(() => Array.from({ length: numFeatures }, () => hostile(random)))
      const together = explainRows(Float64Array.from(rows.flat()), rows.length)
      rows.forEach((row, i) => {
        const width = numFeatures + 1
        const expected = new Float64Array(rules.outputs * width)
        rules.start?.forEach((first, output) => {
          expected[output * width + numFeatures] = first
        })
        for (const tree of trees)
          shapley(tree, rules, row).forEach((part, feature) => {
            const at = tree.output * width + feature
            expected[at] = (expected[at] as number) + part
          })
        const actual = explainRow(row)
        expect(actual).toHaveLength(expected.length)
        actual.forEach((part, at) => {
          expect(part).toBeCloseTo(expected[at] as number, 9)
        })
        expect([...together.subarray(i * expected.length, (i + 1) * expected.length)]).toEqual([...actual])
      })
    }),
    { numRuns: 300, seed: 20261128 },
  )
})

it('goes down a chain of 200,000 nodes without a stack', () => {
  const nodes = 200_000
  const range = Int32Array.from({ length: nodes }, (_, i) => i)
  const chain: Tree = {
    ...stump({}),
    feature: new Int32Array(nodes),
    treatment: new Uint8Array(nodes).fill(stump({}).treatment[0] as number),
    threshold: Float64Array.from(range),
    left: range.map((i) => ~i),
    right: range.map((i) => (i + 1 < nodes ? i + 1 : ~nodes)),
    leafValue: Float64Array.from({ length: nodes + 1 }, (_, i) => i / nodes),
    cover: { nodes: range.map((i) => nodes + 1 - i), leaves: new Int32Array(nodes + 1).fill(1) },
  }
  const forest = buildForest([chain], FLOAT64)
  const [part, expected] = createExplainer(forest, { numFeatures: 1, refuse }).explainRow([nodes])
  expect((part as number) + (expected as number)).toBeCloseTo(1, 6)
  expect([...createScorer(forest, { numFeatures: 1, refuse }).scoreRow([nodes])]).toEqual([1])
})

it('refuses a tree whose paths would take more memory than there may be', () => {
  const nodes = 20_000
  const range = Int32Array.from({ length: nodes }, (_, i) => i)
  const numFeatures = 1_000
  const deep: Tree = {
    ...stump({}),
    feature: range.map((i) => i % numFeatures),
    treatment: new Uint8Array(nodes).fill(stump({}).treatment[0] as number),
    threshold: Float64Array.from(range),
    left: range.map((i) => ~i),
    right: range.map((i) => (i + 1 < nodes ? i + 1 : ~nodes)),
    leafValue: new Float64Array(nodes + 1),
    cover: { nodes: range.map((i) => nodes + 1 - i), leaves: new Int32Array(nodes + 1).fill(1) },
  }
  const forest = buildForest([deep], FLOAT64)
  expect(() => createExplainer(forest, { numFeatures, refuse })).toThrow('no_contributions')
})

it('refuses a forest with linear leaves, or without cover', () => {
  const cover = { nodes: [3], leaves: [1, 2] }
  const linear = {
    constants: Float64Array.of(1, 2),
    starts: Int32Array.of(0, 0, 0),
    features: Int32Array.of(),
    coefficients: Float64Array.of(),
  }
  for (const tree of [
    stump({}),
    { ...stump({}), cover, linear },
    { ...stump({}), cover: { nodes: [3], leaves: [3, 0] } },
  ])
    expect(() => createExplainer(buildForest([tree], FLOAT64), { numFeatures: 1, refuse })).toThrow(
      expect.objectContaining({ code: 'no_contributions' }),
    )
  const mixed = buildForest([{ ...stump({}), cover }, stump({})], FLOAT64)
  expect(mixed.cover).toBeUndefined()
})
