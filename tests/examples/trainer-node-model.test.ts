import { parseModel } from '@taskclf/lightgbm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { importTrainer } from './example-trainers.js'

interface Data {
  values: Float64Array
  classes: Int32Array
  width: number
  height: number
  isCategory: boolean[]
}
type Tree = { nodes: unknown[] }
type Boost = (data: Data, classes: number, spec: object, done: Tree[]) => Iterable<{ grown: Tree[] }>

const { boost } = await importTrainer<{ boost: Boost }>('boost.mjs')
const { predictAll } = await importTrainer<{
  predictAll: (trees: Tree[], classes: number, data: Data) => Float64Array[]
}>('predict.mjs')
const { formatModel } = await importTrainer<{ formatModel: (model: object) => string }>('write-model.mjs')
const { createRandom } = await importTrainer<{ createRandom: (seed: number) => () => number }>('random.mjs')

const WORDS = 70 // more than two words of 32 bits
const PARAMS = {
  num_rounds: 4,
  num_leaves: 12,
  learning_rate: 0.3,
  min_data_in_leaf: 2,
  lambda_l2: 0.1,
  feature_fraction: 0.9,
  bagging_fraction: 0.9,
}

/** A category that matters, numbers of all sizes, gaps, ties, and a column of nothing. */
function madeUp(seed: number, height: number, classCount: number): Data {
  const random = createRandom(seed)
  const isCategory = [true, false, false, false, false]
  const values = new Float64Array(height * isCategory.length)
  const classes = new Int32Array(height)
  for (let row = 0; row < height; row++) {
    const word = Math.floor(random() * WORDS)
    classes[row] = row < classCount ? row : (word * 7 + Math.floor(random() * 2)) % classCount
    const cells = [
      word,
      random() < 0.2 ? NaN : random() * 1e9,
      Math.floor(random() * 4) - 1,
      (random() - 0.5) * 1e-9,
      NaN,
    ]
    values.set(cells, row * isCategory.length)
  }
  return { values, classes, width: isCategory.length, height, isCategory }
}

it('predicts from the file what the trainer predicts from its trees', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 2, max: 300 }),
      (seed, k, maxBin) => {
        const data = madeUp(seed, 150, k)
        const trees: Tree[] = []
        const params = { ...PARAMS, max_bin: maxBin }
        for (const { grown } of boost(data, k, { seed, params }, [])) trees.push(...grown)
        const columns = ['word', 'amount', 'step', 'tiny', 'nothing'].map((name) => ({ name }))
        const labels = Array.from({ length: k }, (_, i) => `l${i}`)
        const vocabularies = { word: Array.from({ length: WORDS }, (_, i) => `w${i}`) }
        const text = formatModel({ trees, labels, schema: { columns }, train: data, vocabularies, params })
        const model = parseModel(new TextEncoder().encode(text))
        expect(model.numTrees).toBe(4 * k)
        const unseen = madeUp(seed + 1, 100, k)
        const own = predictAll(trees, k, unseen)
        const read = model.predictRows(unseen.values, unseen.height)
        own.forEach((probabilities, row) => {
          probabilities.forEach((p, i) => {
            expect(Math.abs(p - (read[row * k + i] as number))).toBeLessThanOrEqual(1e-12)
          })
        })
        expect(trees.some(({ nodes }) => nodes.length > 0)).toBe(true)
      },
    ),
    { numRuns: 40 },
  )
})
