import { join } from 'node:path'
import { type FeatureRow, loadPredictor, REJECT_LABEL, type Runtime } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { demoDir } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asLoader, BEST, demoRows, failure, makeBundle, toy, toyBundle, validBundle } from './support.js'

/** Three labels whose probabilities are the row itself. */
const LABELS = ['Write', 'Build', 'Meet']
const echo = toy(['a', 'b', 'c'], 3, (row) => row)

async function predictorOf(
  runtime: Runtime = echo,
  options: { rejectThreshold?: number | null } = {},
  metadata: Record<string, unknown> = {},
) {
  const bundle = await toyBundle({ metadata: { label_set: LABELS, ...metadata } })
  return loadPredictor(bundle, { loaders: { 'model.toy': asLoader(runtime) }, ...options })
}

describe('labels', () => {
  it('names the outputs in the order of label_set', async () => {
    const predictor = await predictorOf()
    const answers = await predictor.predict([
      [0.9, 0.05, 0.05],
      [0.1, 0.1, 0.8],
    ])
    expect(answers.map(({ label }) => label)).toEqual(['Write', 'Meet'])
  })

  it('returns of labels with equal probability the first', async () => {
    const predictor = await predictorOf(echo, { rejectThreshold: null })
    expect((await predictor.predict([[0.2, 0.4, 0.4]]))[0]?.label).toBe('Build')
  })

  it('has two labels for one output, which is the probability of the second', async () => {
    const bundle = await makeBundle()
    const predictor = await loadPredictor(bundle)
    const second = 1 / (1 + Math.exp(-0.25))
    expect(await predictor.predict([{ x: 1 }])).toEqual([
      { label: 'Build', confidence: second, probabilities: [1 - second, second], rejected: false },
    ])
  })
})

describe('the reject threshold', () => {
  it.each([
    ['nothing, when nothing is said', undefined, {}, null],
    ["the bundle's", undefined, { reject_threshold: 0.7 }, 0.7],
    ['nothing, when the bundle says null', undefined, { reject_threshold: null }, null],
    ["the caller's before the bundle's", 0.3, { reject_threshold: 0.7 }, 0.3],
    ['nothing, when the caller says null', null, { reject_threshold: 0.7 }, null],
  ])('is %s', async (_, rejectThreshold, metadata, expected) => {
    const options = rejectThreshold === undefined ? {} : { rejectThreshold }
    expect((await predictorOf(echo, options, metadata)).rejectThreshold).toBe(expected)
  })

  it('rejects what is below it, and only that; confidence and probabilities stay', async () => {
    const predictor = await predictorOf(echo, { rejectThreshold: 0.6 })
    const [at, below] = await predictor.predict([
      [0.6, 0.2, 0.2],
      [0.2, 0.59, 0.21],
    ])
    expect(at).toMatchObject({ label: 'Write', rejected: false })
    expect(below).toEqual({
      label: REJECT_LABEL,
      confidence: 0.59,
      probabilities: [0.2, 0.59, 0.21],
      rejected: true,
    })
  })

  it('gives the label that the bundle has for it', async () => {
    const rejected = async (metadata: Record<string, unknown>) => {
      const predictor = await predictorOf(echo, { rejectThreshold: 0.9 }, metadata)
      const [answer] = await predictor.predict([[0.4, 0.3, 0.3]])
      return [predictor.rejectLabel, answer?.label, answer?.rejected]
    }
    expect(await rejected({})).toEqual([REJECT_LABEL, REJECT_LABEL, true])
    expect(await rejected({ reject_label: 'unsure' })).toEqual(['unsure', 'unsure', true])
    expect(await failure(rejected({ reject_label: 'Meet' }))).toMatchObject({ code: 'invalid_threshold' })
  })

  it.each([-0.1, 1.1, Number.NaN])('is not %d', async (rejectThreshold) => {
    expect(await failure(predictorOf(echo, { rejectThreshold }))).toMatchObject({ code: 'invalid_threshold' })
  })
})

describe('batches', () => {
  it('predicts in batches what rows one by one give, whatever their size and the arrays used again', async () => {
    const predictor = await loadPredictor(await validBundle(join(demoDir, 'models', BEST)))
    const rows = demoRows()
    const single = await predictor.predict(rows)
    const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(sizes, async (counts) => {
        let start = 0
        let batch: Awaited<ReturnType<typeof predictor.predictBatch>> | undefined
        for (const count of counts) {
          batch = await predictor.predictBatch(rows.slice(start, start + count), batch)
          expect(batch.count).toBe(count)
          for (let r = 0; r < count; r++) {
            const expected = single[start + r]
            expect(batch.confidence[r]).toBe(expected?.confidence)
            expect(batch.rejected[r]).toBe(expected?.rejected ? 1 : 0)
            if (!expected?.rejected) expect(predictor.labels[batch.best[r] as number]).toBe(expected?.label)
            const at = r * predictor.labels.length
            expect(Array.from(batch.outputs.subarray(at, at + predictor.labels.length))).toEqual(
              expected?.probabilities,
            )
          }
          start += count
        }
      }),
      { numRuns: 30 },
    )
  })

  it('predicts batches at the same time that do not disturb each other, though the runtime takes its time', async () => {
    const slow: Runtime = {
      ...echo,
      predictRows: async (rows, count, out) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
        return echo.predictRows(rows, count, out)
      },
    }
    const predictor = await predictorOf(slow)
    const rows: FeatureRow[] = Array.from({ length: 50 }, (_, i) => [i / 50, 0, 0])
    const answers = await Promise.all(rows.map((row) => predictor.predict([row])))
    expect(answers.map(([answer]) => answer?.confidence)).toEqual(rows.map((_, i) => i / 50))
  })

  it('rejects batches that are not lists', async () => {
    const predictor = await predictorOf()
    for (const rows of [{}, null, 'text'])
      expect(await failure(predictor.predict(rows as never))).toMatchObject({ code: 'bad_row' })
  })

  it('accepts an empty batch', async () => {
    expect(await (await predictorOf()).predict([])).toEqual([])
  })
})

describe('a runtime', () => {
  it("accepts an answer in an array of the runtime's own, also of plain numbers", async () => {
    const predictor = await predictorOf({ ...echo, predictRows: () => [0.1, 0.8, 0.1] })
    expect((await predictor.predict([[0, 0, 0]]))[0]?.label).toBe('Build')
  })

  it('accepts rounded probabilities', async () => {
    const predictor = await predictorOf({ ...echo, predictRows: () => [1.0000001, -1e-7, 0] })
    expect((await predictor.predict([[0, 0, 0]]))[0]?.label).toBe('Write')
  })

  it.each([
    ['too few numbers', [0.5, 0.5]],
    ['NaN', [0.5, Number.NaN, 0.5]],
    ['a raw score', [3.2, -1, 0.1]],
    ['a negative number', [0.5, -0.5, 1]],
  ])('refuses a runtime that answers %s', async (_, numbers) => {
    const predictor = await predictorOf({ ...echo, predictRows: () => numbers })
    expect(await failure(predictor.predict([[0, 0, 0]]))).toMatchObject({ code: 'bad_output' })
  })

  it('is let go once, and does not predict afterwards', async () => {
    let disposed = 0
    const predictor = await predictorOf({
      ...echo,
      dispose: () => {
        disposed++
      },
    })
    {
      await using _ = predictor
      await predictor.predict([[1, 0, 0]])
    }
    await predictor.dispose()
    expect(disposed).toBe(1)
    expect(await failure(predictor.predict([[1, 0, 0]]))).toMatchObject({ code: 'disposed' })
  })

  it('releases a runtime without anything to free all the same', async () => {
    const predictor = await predictorOf()
    await predictor.dispose()
    expect(await failure(predictor.predictBatch([]))).toMatchObject({ code: 'disposed' })
  })
})

it('uses the label names of a bundle that states nothing else', async () => {
  const metrics = { label_names: ['BreakIdle', 'Build'], confusion_matrix: undefined }
  const bundle = await makeBundle({ metadata: { label_set: undefined }, metrics })
  expect((await readBundle(bundle.path)).status).toBe('valid')
  expect((await loadPredictor(bundle)).labels).toEqual(['BreakIdle', 'Build'])
})
