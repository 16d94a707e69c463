import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'
import { buildManifest, type LocalValidBundle } from '@taskclf/registry-core'
import { expect, it } from 'vitest'
import { failure, makeBundle, validBundle } from './support.js'

const SECOND = 1 / (1 + Math.exp(-0.25))
const GOOD = {
  version: 1,
  rows: [{ x: 1 }, { x: null }],
  expected: [
    [1 - SECOND, SECOND],
    [1 - SECOND, SECOND],
  ],
}

async function withSelfTest(test: object): Promise<LocalValidBundle> {
  return makeBundle({ files: { 'self_test.json': JSON.stringify({ tolerance: 1e-9, ...test }) } })
}

async function run(bundle: LocalValidBundle): Promise<void> {
  await runSelfTest(await loadPredictor(bundle), bundle)
}

it('passes when the model answers what it did', async () => {
  await run(await withSelfTest(GOOD))
})

it('fails when the outputs have other names, or the same in another order', async () => {
  const labels = ['BreakIdle', 'Build']
  await run(await withSelfTest({ ...GOOD, labels }))
  const swapped = await withSelfTest({ ...GOOD, labels: labels.toReversed() })
  expect(await failure(run(swapped))).toMatchObject({ code: 'self_test_failed', details: { labels } })
})

it('passes without a file', async () => {
  await run(await makeBundle())
})

it('fails with the worst deviation', async () => {
  const expected = [
    [1 - SECOND, SECOND],
    [0.25, SECOND + 1e-3],
  ]
  const error = await failure(run(await withSelfTest({ ...GOOD, expected })))
  expect(error).toMatchObject({ code: 'self_test_failed', row: 1 })
  expect(error.details).toMatchObject({
    label: 'BreakIdle',
    expected: 0.25,
    found: 1 - SECOND,
    tolerance: 1e-9,
  })
  expect(error.details.deviation).toBeCloseTo(0.75 - SECOND, 12)
})

it('takes a deviation of exactly the tolerance', async () => {
  const off = 2 ** -3
  const expected = [
    [1 - SECOND, SECOND + off],
    [1 - SECOND, SECOND],
  ]
  const tolerance = SECOND + off - SECOND
  await run(await withSelfTest({ ...GOOD, expected, tolerance }))
  const less = await withSelfTest({ ...GOOD, expected, tolerance: tolerance - 1e-9 })
  expect(await failure(run(less))).toMatchObject({ code: 'self_test_failed' })
})

it('fails when its rows cannot be predicted', async () => {
  const error = await failure(run(await withSelfTest({ ...GOOD, rows: [{ x: 1 }, { y: 1 }] })))
  expect(error).toMatchObject({ code: 'self_test_failed', cause: { code: 'missing_columns' } })
})

it('is invalid with other than one output for each label', async () => {
  const expected = [[1 - SECOND, SECOND], [SECOND]]
  expect(await failure(run(await withSelfTest({ ...GOOD, expected })))).toMatchObject({
    code: 'self_test_invalid',
    row: 1,
  })
})

it('is the one that was read, and must be the one that was published', async () => {
  const { path } = await withSelfTest(GOOD)
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(await buildManifest(path)))
  const bundle = await validBundle(path)
  const predictor = await loadPredictor(bundle)
  writeFileSync(join(path, 'self_test.json'), JSON.stringify({ ...GOOD, tolerance: 0.1 }))
  await runSelfTest(predictor, bundle)
  expect(await failure(run(bundle))).toMatchObject({ code: 'integrity_mismatch' })
  rmSync(join(path, 'self_test.json'))
  expect(await failure(run(bundle))).toMatchObject({ code: 'integrity_mismatch' })
})
