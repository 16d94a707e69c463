import { loadPredictor } from '@taskclf/predictor'
import { expect, it } from 'vitest'
import { createOnnxLoader, type OnnxLoaderOptions, onnxLoaders } from '../src/index.js'
import { modelBytes, namedRows, type OnnxBundle, onnxBundle } from './support.js'

const load = async (model: string, spec?: OnnxBundle, options?: OnnxLoaderOptions) =>
  loadPredictor(await onnxBundle(model, spec), {
    loaders: options ? { '*.onnx': createOnnxLoader(options) } : onnxLoaders,
  })

it('says how to convert a model whose outputs are maps', async () => {
  const error = await load('maps').catch((each) => each)
  expect(error.cause).toMatchObject({ code: 'unsupported_output' })
  expect(error.message).toContain("options={'zipmap': False}")
})

const binary = modelBytes('binary.onnx')
it.each([
  ['cut', binary.subarray(0, binary.length - 40)],
  ['text', 'version https://git-lfs.github.com/spec/v1\n'],
  ['a group', new Uint8Array([0x3b])],
  ['a length beyond the end', new Uint8Array([0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f])],
  ['a number without an end', new Uint8Array([0x08, 0x80])],
  ['a number in the place of a graph', new Uint8Array([0x38, 0x01])],
])('rejects a damaged model: %s', async (_, bytes) => {
  await expect(load('binary', { files: { 'model.onnx': bytes } })).rejects.toMatchObject({
    code: 'load_failed',
    cause: { code: 'malformed_model' },
  })
})

it('rejects a model without a graph by the words of onnxruntime', async () => {
  await expect(
    load('binary', { files: { 'model.onnx': new Uint8Array([0x08, 0x08]) } }),
  ).rejects.toMatchObject({
    cause: { code: 'model_refused' },
  })
})

it('rejects an output that the model does not have', async () => {
  await expect(load('binary', {}, { output: 'label' })).rejects.toMatchObject({
    cause: { code: 'unsupported_output' },
  })
})

it('rejects names that are not as many as the columns', async () => {
  await expect(load('binary', { metadata: { feature_names: ['age'] } })).rejects.toMatchObject({
    cause: { code: 'columns_contradict' },
  })
})

it('gives up a model that takes longer than the limit', async () => {
  await expect(load('binary', {}, { timeLimitMs: 0 })).rejects.toMatchObject({
    cause: { code: 'load_timed_out' },
  })
})

it('accepts rows by place where nobody names them', async () => {
  await using predictor = await load('binary', { metadata: { feature_names: undefined } })
  expect(predictor.notes.map(({ code }) => code)).toContain('columns_by_place')
  expect(await predictor.predict(namedRows)).toHaveLength(namedRows.length)
})
