import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LightgbmError } from '@taskclf/lightgbm'
import { loadLightgbm, loadPredictor } from '@taskclf/predictor'
import { buildManifest } from '@taskclf/registry-core'
import { SPLIT_MODEL, TINY_MODEL } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { asLoader, failure, makeBundle, toy, toyBundle, validBundle } from './support.js'

const two = toy(['x'], 2, () => [0.4, 0.6])

describe('loaders', () => {
  it('finds loaders by name, then by ending', async () => {
    const bundle = await toyBundle()
    const asked: string[] = []
    const named = { 'model.toy': () => two, '*.toy': () => toy(['wrong'], 2, () => [0, 1]) }
    expect((await loadPredictor(bundle, { loaders: named })).columns).toEqual(['x'])
    const byEnding = {
      '*.toy': ({ name, path }: { name: string; path: string }) => {
        asked.push(name, readFileSync(path, 'utf8'))
        return two
      },
    }
    expect((await loadPredictor(bundle, { loaders: byEnding })).artifact).toBe('model.toy')
    expect(asked).toEqual(['model.toy', 'toy'])
  })

  it('chooses by the order of the artifacts', async () => {
    const files = { 'model.toy': 'toy' }
    const loaders = { 'model.toy': asLoader(two) }
    const first = await makeBundle({ files, metadata: { artifacts: ['model.toy', 'model.txt'] } })
    expect((await loadPredictor(first, { loaders })).artifact).toBe('model.toy')
    const second = await makeBundle({ files })
    expect((await loadPredictor(second, { loaders })).artifact).toBe('model.txt')
    expect((await loadPredictor(first)).artifact).toBe('model.txt')
  })

  it('allows to replace the loader of model.txt, or to add one for another name', async () => {
    const bundle = await makeBundle()
    expect((await loadPredictor(bundle, { loaders: { 'model.txt': asLoader(two) } })).labels).toHaveLength(2)
    const other = await makeBundle({
      files: { 'model.txt': null, 'forest.lgb': TINY_MODEL },
      metadata: { artifacts: ['forest.lgb'] },
    })
    expect((await loadPredictor(other, { loaders: { '*.lgb': loadLightgbm } })).columns).toEqual(['x'])
  })

  it('reports missing loaders with an error that names both sides', async () => {
    const loaders = { 'model.onnx': asLoader(two), constructor: asLoader(two) }
    expect(await failure(loadPredictor(await toyBundle(), { loaders }))).toMatchObject({
      code: 'no_loader',
      details: { artifacts: ['model.toy'], loaders: ['model.txt', 'model.onnx', 'constructor'] },
    })
  })

  it('throws a typed error for loaders that throw, with their own as its cause', async () => {
    const cause = new Error('no such operator')
    const throwing = () => {
      throw cause
    }
    const error = await failure(loadPredictor(await toyBundle(), { loaders: { '*.toy': throwing } }))
    expect(error).toMatchObject({ code: 'load_failed', cause })
  })
})

describe('a LightGBM model', () => {
  it('throws a typed error for a model that is damaged', async () => {
    const bundle = await makeBundle({ model: TINY_MODEL.slice(0, 200) })
    const error = await failure(loadPredictor(bundle))
    expect(error.code).toBe('load_failed')
    expect(error.cause).toBeInstanceOf(LightgbmError)
  })

  it('refuses a classifier whose outputs are not probabilities', async () => {
    const bundle = await makeBundle({ model: TINY_MODEL.replace('binary sigmoid:1', 'regression') })
    expect(await failure(loadPredictor(bundle))).toMatchObject({
      code: 'not_a_classifier',
      details: { task: 'regression' },
    })
  })
})

describe('labels and outputs', () => {
  it('rejects labels and outputs that do not agree, and releases the model', async () => {
    let disposed = 0
    const runtime = { ...two, numOutputs: 3, dispose: () => void disposed++ }
    const error = await failure(loadPredictor(await toyBundle(), { loaders: { '*.toy': () => runtime } }))
    expect(error).toMatchObject({ code: 'outputs_contradict_labels', details: { outputs: 3 } })
    expect(disposed).toBe(1)
    const bundle = await makeBundle({ metadata: { label_set: ['A', 'B', 'C'] } })
    expect(await failure(loadPredictor(bundle))).toMatchObject({ code: 'outputs_contradict_labels' })
  })

  it('calls classes that the bundle does not name by their numbers, and says so', async () => {
    const bundle = await makeBundle({ metadata: { label_set: undefined } })
    await using predictor = await loadPredictor(bundle)
    expect(predictor).toMatchObject({ task: 'classification', labels: ['0', '1'] })
    expect(predictor.notes.map(({ code }) => code)).toContain('labels_assumed')
    const [answer] = await predictor.predict([predictor.columns.map(() => 0)])
    expect(answer?.probabilities?.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
  })
})

describe('a bundle with a manifest', () => {
  const ENCODERS = 'categorical_encoders.json'

  async function published(files: Record<string, string> = {}) {
    const { path } = await makeBundle({ files: { [ENCODERS]: '{"x":["a","b"]}', ...files } })
    writeFileSync(join(path, 'manifest.json'), JSON.stringify(await buildManifest(path)))
    return validBundle(path)
  }

  it('loads a bundle that is what it says', async () => {
    expect((await loadPredictor(await published())).encode([{ x: 'b' }])[0]).toBe(1)
  })

  it.each([
    ['model.txt', TINY_MODEL.replace('0.25', '0.75')],
    [ENCODERS, '{"x":["b","a"]}'],
  ])('refuses a bundle whose %s was changed since', async (name, text) => {
    const bundle = await published()
    writeFileSync(join(bundle.path, name), text)
    expect(await failure(loadPredictor(bundle))).toMatchObject({ code: 'integrity_mismatch' })
  })

  it('refuses a manifest that does not list the model', async () => {
    const bundle = await published()
    const { 'model.txt': _, ...files } = bundle.manifest?.files ?? {}
    const manifest = { version: 1 as const, files }
    expect(await failure(loadPredictor({ ...bundle, manifest }))).toMatchObject({
      code: 'integrity_mismatch',
    })
  })

  it('is believed when the caller has verified it', async () => {
    const bundle = await published()
    writeFileSync(join(bundle.path, 'model.txt'), TINY_MODEL.replace('0.25', '0.75'))
    const predictor = await loadPredictor(bundle, { verify: false })
    expect((await predictor.predict([{ x: 'a' }]))[0]?.confidence).toBe(1 / (1 + Math.exp(-0.75)))
  })

  it('refuses a bundle that lost a file', async () => {
    const bundle = await published()
    rmSync(join(bundle.path, ENCODERS))
    expect(await failure(loadPredictor(bundle))).toMatchObject({ code: 'integrity_mismatch' })
    const other = await published()
    rmSync(join(other.path, 'model.txt'))
    expect(await failure(loadPredictor(other))).toMatchObject({ code: 'integrity_mismatch' })
  })
})

it('refuses encoders that are not those that were read, with a manifest or without', async () => {
  const bundle = await makeBundle()
  writeFileSync(join(bundle.path, 'categorical_encoders.json'), '{"x":["a"]}')
  expect(await failure(loadPredictor(bundle))).toMatchObject({ code: 'load_failed' })
  const { encoders } = await validBundle(bundle.path)
  expect(encoders).toEqual({ x: ['a'] })
})

describe('what had to be assumed', () => {
  const split = (decisionType: number) =>
    SPLIT_MODEL.replace('decision_type=8', `decision_type=${decisionType}`)
  const notesOf = async (spec: Parameters<typeof makeBundle>[0], pythonInterop = false) =>
    (await loadPredictor(await makeBundle(spec), { pythonInterop })).notes

  it.each([8, 10])('is the way of missing numbers, where splits (%d) tell them from 0', async (type) => {
    const notes = await notesOf({ model: split(type) })
    expect(notes).toMatchObject([{ code: 'missing_rule_assumed', columns: ['x'] }])
    const metadata = { train_date_from: '2026-01-01' }
    const [note] = await notesOf({ model: split(type), metadata }, true)
    expect(note).toMatchObject({ code: 'missing_rule_assumed', columns: ['x'] })
    expect(note?.message).toContain('Python')
  })

  it.each([
    ['splits do not tell them from 0', { model: split(2) }],
    ['both of them are missing', { model: split(6) }],
    ['the model has not a split', {}],
    ['the bundle says it', { model: split(8), metadata: { preprocessing: { missing_numeric: 'zero' } } }],
    [
      'the column has a vocabulary',
      { model: split(8), files: { 'categorical_encoders.json': '{"x":["a"]}' } },
    ],
  ])('is nothing, where %s', async (_, spec) => {
    expect(await notesOf(spec)).toEqual([])
  })
})
