import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor, type Predictor, type RuntimeLoader, runSelfTest } from '@taskclf/predictor'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** A runtime as somebody else would write it: a file of its own, which imports nothing of ours. */
const TOY = `
import { readFile } from 'node:fs/promises'

export const disposed = []

export async function loadToy({ path, bundle }) {
  const weights = JSON.parse(await readFile(path, 'utf8'))
  return {
    featureNames: Object.keys(weights),
    numOutputs: 1,
    predictRows(rows, count) {
      const width = Object.keys(weights).length
      return Array.from({ length: count }, (_, r) => {
        const sum = Object.values(weights).reduce((total, weight, c) => total + weight * rows[r * width + c], 0)
        return 1 / (1 + Math.exp(-sum))
      })
    },
    dispose() {
      disposed.push(bundle.modelId)
    },
  }
}
`

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

it('swaps between LightGBM and a runtime that the reloader has never heard of', async () => {
  const dir = scratchDir()
  const file = join(dir, 'toy-runtime.mjs')
  writeFileSync(file, TOY)
  const toy: { loadToy: RuntimeLoader; disposed: string[] } = await import(pathToFileURL(file).href)

  const models = join(dir, 'models')
  const selfTest = (expected: number) =>
    JSON.stringify({ version: 1, rows: [{ x: 2 }], expected: [[1 - expected, expected]], tolerance: 1e-12 })
  const toyFiles = (weight: number, expected: number) => ({
    'model.txt': null,
    'model.toy': JSON.stringify({ x: weight }),
    'self_test.json': selfTest(expected),
  })
  writeBundle(models, 'run-lightgbm', {
    model: TINY_MODEL,
    files: { 'self_test.json': selfTest(sigmoid(0.25)) },
  })
  writeBundle(models, 'run-toy', { files: toyFiles(0.5, sigmoid(1)) })
  writeBundle(models, 'run-toy-sick', { files: toyFiles(0.7, sigmoid(1)) })
  const use = async (id: string) =>
    writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, { source: 'manual' })
  await use('run-lightgbm')

  const failures: string[] = []
  const reloader = await createModelReloader<Predictor>({
    modelsDir: models,
    load: (bundle) => loadPredictor(bundle, { loaders: { 'model.toy': toy.loadToy } }),
    selfTest: runSelfTest,
    dispose: (predictor) => predictor.dispose(),
    onError: ({ error }) => failures.push(error.code),
  })
  const ask = () =>
    reloader.use(async (predictor, { modelId }) => {
      const [answer] = await predictor.predict([{ x: 2 }])
      return [modelId, predictor.artifact, answer?.probabilities?.[1]]
    })

  expect(await ask()).toEqual(['run-lightgbm', 'model.txt', sigmoid(0.25)])
  await use('run-toy')
  await reloader.refresh()
  expect(await ask()).toEqual(['run-toy', 'model.toy', sigmoid(1)])
  await use('run-toy-sick')
  await reloader.refresh()
  expect(await ask()).toEqual(['run-toy', 'model.toy', sigmoid(1)])
  expect(failures).toContain('self_test_failed')
  await use('run-lightgbm')
  await reloader.refresh()
  expect(await ask()).toEqual(['run-lightgbm', 'model.txt', sigmoid(0.25)])
  await reloader.close()
  // Each toy once for each time it was loaded: the sick one after its self-test, the other after its last request.
  expect(toy.disposed.filter((id) => id === 'run-toy')).toHaveLength(1)
  expect(toy.disposed.filter((id) => id === 'run-toy-sick')).toHaveLength(failures.length)
  expect(readFileSync(file, 'utf8')).not.toContain('@taskclf')
})
