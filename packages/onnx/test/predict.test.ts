import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import {
  loadPredictor,
  type Predictor,
  predictorUnit,
  type Runtime,
  type RuntimeLoader,
} from '@taskclf/predictor'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { loadOnnx, onnxLoaders } from '../src/index.js'
import { answers, modelBytes, namedRows, onnxBundle, rows, writeOnnx } from './support.js'

const TOLERANCE = 1e-5
const THREE = ['low', 'middle', 'high']

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  for (const [i, value] of expected.entries())
    expect(Math.abs((found[i] as number) - value), `value ${i}`).toBeLessThan(TOLERANCE)
}

describe('predictor', () => {
  it.each([
    ['binary', ['no', 'yes']],
    ['lightgbm-binary', ['no', 'yes']],
    ['multiclass', THREE],
    ['columns', THREE],
    ['lightgbm-multiclass', THREE],
  ])('predicts the probabilities of %s as the library that trained it', async (model, labels) => {
    await using predictor = await loadPredictor(await onnxBundle(model, { labels }), { loaders: onnxLoaders })
    const predictions = await predictor.predict(namedRows)
    for (const [i, expected] of (answers[model] as number[][]).entries()) {
      expectClose(predictions[i]?.probabilities as number[], expected)
      expect(predictions[i]?.label).toBe(labels[expected.indexOf(Math.max(...expected))])
    }
  })

  it.each(['*.onnx', '.onnx', 'model.onnx'])('accepts the loader under %s', async (key) => {
    await using predictor = await loadPredictor(await onnxBundle('binary'), { loaders: { [key]: loadOnnx } })
    expect(predictor.artifact).toBe('model.onnx')
  })

  it('rejects a label_set that has not as many labels as the model has classes', async () => {
    const bundle = await onnxBundle('multiclass', { labels: ['no', 'yes'] })
    await expect(loadPredictor(bundle, { loaders: onnxLoaders })).rejects.toMatchObject({
      code: 'outputs_contradict_labels',
    })
  })
})

it.each(['regressor', 'scores'] as const)(
  'predicts the numbers of %s by what the model is',
  async (model) => {
    const bundle = await onnxBundle(model, {
      metadata: { label_set: undefined, ...(model === 'scores' && { task: model }) },
    })
    await using predictor = await loadPredictor(bundle, { loaders: onnxLoaders })
    expect(predictor.task).toBe(model === 'regressor' ? 'regression' : 'scores')
    const found = await predictor.predict(namedRows)
    const numbers = found.flatMap(({ value, scores }) => scores ?? [value as number])
    expectClose(numbers, (answers[model] as number[][]).flat())
  },
)

it('serves through the reloader, and releases what it no longer serves', async () => {
  const models = scratchDir()
  writeOnnx(models, 'run-a', 'binary')
  writeOnnx(models, 'run-b', 'lightgbm-binary')
  const use = async (id: string) =>
    writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, { source: 'manual' })
  const released: string[] = []
  const watched: RuntimeLoader = async (artifact) => {
    const runtime = await loadOnnx(artifact)
    const dispose = async () => {
      await runtime.dispose?.()
      released.push(artifact.bundle.modelId)
    }
    return { ...runtime, dispose }
  }
  await use('run-a')
  const reloader = await createModelReloader<Predictor>({
    modelsDir: models,
    ...predictorUnit({ loaders: { '*.onnx': watched } }),
  })
  const ask = () => reloader.use(async (predictor) => (await predictor.predict(namedRows))[0]?.probabilities)
  expectClose((await ask()) as number[], answers.binary?.[0] as number[])
  await use('run-b')
  await reloader.refresh()
  expectClose((await ask()) as number[], answers['lightgbm-binary']?.[0] as number[])
  await reloader.close()
  expect(released).toEqual(['run-a', 'run-b'])
})

describe('data beside the model', () => {
  const weights = { 'weights.bin': modelBytes('weights.bin') }
  const named = { artifacts: ['model.onnx', 'weights.bin'] }
  const keep = (into: Runtime[]): RuntimeLoader => {
    return async (artifact) => {
      const runtime = await loadOnnx(artifact)
      into.push(runtime)
      return { ...runtime, dispose() {} }
    }
  }

  it('is read where artifacts names it', async () => {
    const bundle = await onnxBundle('external', { files: weights, metadata: named })
    const kept: Runtime[] = []
    await loadPredictor(bundle, { loaders: { '*.onnx': keep(kept) } })
    const found = await kept[0]?.predictRows(Float64Array.from(rows.flat()), rows.length)
    expectClose(found as ArrayLike<number>, (answers.external as number[][]).flat())
    await kept[0]?.dispose?.()
  })

  it('is refused in the body of a branch, for which onnxruntime would open the file itself', async () => {
    const bundle = await onnxBundle('external-branch', { files: weights, metadata: named })
    await expect(loadPredictor(bundle, { loaders: onnxLoaders })).rejects.toMatchObject({
      code: 'load_failed',
      cause: { code: 'inner_data' },
    })
  })

  it.each([
    ['external', 'a file that artifacts does not name'],
    ['external-branch', 'one that only the body of a branch names'],
    ['escapes-above', 'a path upwards'],
    ['escapes-below', 'a path downwards'],
    ['escapes-absolute', 'an absolute path'],
  ])('is refused for %s: %s', async (model) => {
    const metadata = model.startsWith('escapes') ? named : { artifacts: ['model.onnx'] }
    const bundle = await onnxBundle(model, { files: weights, metadata })
    await expect(loadPredictor(bundle, { loaders: onnxLoaders })).rejects.toMatchObject({
      code: 'artifact_escapes',
    })
  })
})
