import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkBundle, predictorChecks, type Runtime } from '@taskclf/predictor'
import { type LocalValidBundle, readBundleContent, runChecks } from '@taskclf/registry-core'
import { demoDir, TINY_MODEL } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { asLoader, BEST, makeBundle, toy, toyBundle, validBundle } from './support.js'

const two = toy(['x', 'y'], 2, () => [0.4, 0.6])
const never = new Promise<never>(() => {})

/** The check of a toy bundle, and how often its runtime was let go. */
async function checkToy(over: Partial<Runtime>, files: Record<string, string> = {}) {
  let disposed = 0
  const runtime = { ...two, dispose: () => void disposed++, ...over }
  const bundle = await toyBundle({ files })
  const result = await checkBundle(bundle, { loaders: { '*.toy': asLoader(runtime) } })
  return { result, disposed }
}

const selfTest = (expected: number[][]) =>
  JSON.stringify({ version: 1, rows: expected.map(() => ({ x: 1, y: null })), expected, tolerance: 1e-9 })

describe('a bundle passes', () => {
  it('passes when it loads and answers its self-test', async () => {
    const demo = await validBundle(join(demoDir, 'models', BEST))
    expect(await checkBundle(demo)).toEqual({ status: 'passed' })
    const { result, disposed } = await checkToy({}, { 'self_test.json': selfTest([[0.4, 0.6]]) })
    expect([result.status, disposed]).toEqual(['passed', 1])
  })

  it('passes when it answers a row of missing values, without a self-test', async () => {
    const asked: number[][] = []
    const predictRows: Runtime['predictRows'] = (rows) => {
      asked.push(Array.from(rows))
      return [0.4, 0.6]
    }
    const { result, disposed } = await checkToy({ predictRows })
    expect([result.status, asked.length, asked[0]?.length, disposed]).toEqual(['passed', 1, 2, 1])
  })
})

it('says nothing of a bundle when the system failed its loader', async () => {
  const emfile = Object.assign(new Error('too many open files'), { code: 'EMFILE' })
  const loader = () => Promise.reject(emfile)
  const bundle = await toyBundle({})
  await expect(checkBundle(bundle, { loaders: { '*.toy': loader } })).rejects.toMatchObject({ code: 'io' })
})

describe('a bundle fails', () => {
  it.each([
    ['load_failed', 'half a model', { model: TINY_MODEL.slice(0, 150) }],
    ['load_failed', 'a Git LFS pointer', { model: 'version https://git-lfs.github.com/spec/v1\n' }],
    ['load_failed', 'labels for other outputs', { metadata: { label_set: ['A', 'B', 'C'] } }],
    ['self_test_failed', 'a self-test of another model', { files: { 'self_test.json': selfTest([[1, 0]]) } }],
    [
      'self_test_failed',
      'a self-test that no answer fails',
      { files: { 'self_test.json': selfTest([[1, 0]]).replace('1e-9', '1') } },
    ],
  ])('fails with %s for %s', async (code, _what, spec) => {
    expect(await checkBundle(await makeBundle(spec))).toMatchObject({ status: 'failed', code })
  })

  it.each([
    ['numbers that are not finite', () => [0.5, Number.NaN]],
    ['too few numbers', () => [1]],
    ['too many numbers', () => [0.5, 0.5, 0, 0]],
    ['texts', () => ['0.5', '0.5'] as unknown as number[]],
    ['nulls and booleans', () => [null, true] as unknown as number[]],
    ['what is no probability', () => [3, -2]],
    [
      'an error',
      () => {
        throw new Error('no such operator')
      },
    ],
  ])('fails when it answers a row of missing values with %s, and is released', async (_, predictRows) => {
    const { result, disposed } = await checkToy({ predictRows })
    expect(result).toMatchObject({ status: 'failed', code: 'self_test_failed' })
    expect(disposed).toBe(1)
  })

  it('fails when it cannot be released, but the first failure is reported', async () => {
    const dispose = () => {
      throw new Error('stuck')
    }
    expect((await checkToy({ dispose })).result).toMatchObject({ status: 'failed', code: 'load_failed' })
    const { result } = await checkToy({ dispose, predictRows: () => [2, 2] })
    expect(result).toMatchObject({ code: 'self_test_failed' })
  })

  it.each([
    ['categorical_encoders.json', '{"x":["b","a"]}'],
    ['self_test.json', '{"version":2}'],
  ])('fails when it has another %s than when it was read', async (name, text) => {
    const bundle = await makeBundle({ files: { 'categorical_encoders.json': '{"x":["a","b"]}' } })
    writeFileSync(join(bundle.path, name), text)
    expect(await checkBundle(bundle)).toMatchObject({ status: 'failed', code: 'load_failed' })
  })

  it('fails when it is not what was published', async () => {
    const bundle = await makeBundle()
    const files = { 'model.txt': { sha256: '0'.repeat(64), size: 1 } }
    const changed: LocalValidBundle = { ...bundle, manifest: { version: 1, files } }
    rmSync(join(bundle.path, 'model.txt'))
    expect(await checkBundle(changed)).toMatchObject({ status: 'failed', code: 'integrity_mismatch' })
  })
})

describe('a bundle is not checked', () => {
  it('fails as a classifier whose model gives no probabilities, which is no matter of loaders', async () => {
    const bundle = await makeBundle({ model: TINY_MODEL.replace('binary sigmoid:1', 'regression') })
    expect(await checkBundle(bundle)).toMatchObject({ status: 'failed', code: 'load_failed' })
  })

  it.each([['has a loader here for its artifact', { files: { 'model.txt': null, 'model.onnx': 'onnx' } }]])(
    'is not checked when nothing %s',
    async (_, spec) => {
      const result = await checkBundle(await makeBundle(spec))
      expect(result).toMatchObject({ status: 'not_checked', code: 'not_checked' })
    },
  )

  it('fails, when its model is damaged besides', async () => {
    const spec = { metadata: { label_set: undefined }, model: TINY_MODEL.slice(0, 150) }
    expect(await checkBundle(await makeBundle(spec))).toMatchObject({ code: 'load_failed' })
  })
})

describe('a check', () => {
  it('uses the bytes that were read, whatever is on disk by then', async () => {
    const bundle = await makeBundle({
      files: {
        'categorical_encoders.json': '{"x":["a","b"]}',
        'self_test.json': JSON.stringify({
          version: 1,
          rows: [{ x: 'b' }],
          expected: [[0.5, 0.5]],
          tolerance: 0.2,
        }),
      },
    })
    const content = await readBundleContent(bundle)
    for (const name of ['model.txt', 'categorical_encoders.json', 'self_test.json']) {
      writeFileSync(join(bundle.path, name), 'changed')
    }
    expect(await checkBundle(bundle, { content })).toEqual({ status: 'passed' })
    expect(await checkBundle(bundle)).toMatchObject({ status: 'failed' })
  })

  it.each([
    ['loading', { load: () => never }],
    ['predicting', { predictRows: () => never }],
    ['disposing', { dispose: () => never }],
  ])(
    'ends with the signal when it hangs in %s',
    async (_, { load, ...over }: { load?: () => Promise<Runtime> } & Partial<Runtime>) => {
      const loaders = { '*.toy': load ?? asLoader({ ...two, ...over }) }
      const aborter = new AbortController()
      const checked = checkBundle(await toyBundle(), { loaders, signal: aborter.signal })
      setTimeout(() => aborter.abort(new Error('too long')), 20)
      expect(await checked).toMatchObject({ status: 'failed', code: 'load_timed_out' })
    },
  )

  it('lets a runtime go that comes after the end', async () => {
    const aborter = new AbortController()
    let disposed = 0
    let come: (runtime: Runtime) => void = () => {}
    const load = () =>
      new Promise<Runtime>((resolve) => {
        come = resolve
      })
    const checked = checkBundle(await toyBundle(), { loaders: { '*.toy': load }, signal: aborter.signal })
    setTimeout(() => aborter.abort(), 20)
    expect(await checked).toMatchObject({ code: 'load_timed_out' })
    come({ ...two, dispose: () => void disposed++ })
    await new Promise(setImmediate)
    expect(disposed).toBe(1)
  })

  it('is what promotion and the pointer take as `checks`', async () => {
    const bundle = await toyBundle()
    const none = await runChecks(bundle, predictorChecks({ allowUnchecked: true }))
    expect(none).toMatchObject({ result: { status: 'not_checked' } })
    const signals: unknown[] = []
    const hanging = predictorChecks({
      timeoutMs: 20,
      loaders: {
        '*.toy': ({ signal, bytes }) => {
          signals.push(signal?.aborted, Buffer.from(bytes).toString())
          return never
        },
      },
    })
    expect((await runChecks(bundle, hanging)).result).toMatchObject({ code: 'load_timed_out' })
    expect(signals).toEqual([false, 'toy'])
  })
})

it('gives a loader the bytes of the artifact', async () => {
  const bundle = await toyBundle({
    files: { 'model.toy': readFileSync(join(demoDir, 'windows.csv'), 'utf8') },
  })
  const sizes: number[] = []
  await checkBundle(bundle, {
    loaders: {
      '*.toy': ({ bytes }) => {
        sizes.push(bytes.length)
        return two
      },
    },
  })
  expect(sizes).toEqual([readFileSync(join(demoDir, 'windows.csv')).length])
})
