import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildManifest, readBundle } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const ID = '2026-03-02_031009_run-8935'

async function codesAfter(
  change: (model: string, dir: string) => void,
  isPublished = false,
): Promise<string[]> {
  const dir = join(copyDemoModels(scratchDir()), ID)
  if (isPublished) writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
  expect((await readBundle(dir)).status).toBe('valid')
  change(join(dir, 'model.txt'), dir)
  const bundle = await readBundle(dir)
  return bundle.status === 'valid' ? [] : bundle.problems.map(({ code, file }) => `${code} ${file}`)
}

it('reports a bundle without its model as invalid', async () => {
  expect(await codesAfter((model) => rmSync(model))).toEqual(['missing_artifact '])
})

it('reports one whose model is empty as invalid', async () => {
  expect(await codesAfter((model) => truncateSync(model))).toEqual(['missing_artifact model.txt'])
})

it('reports a published one with half of its model as invalid', async () => {
  const half = (model: string) => truncateSync(model, Math.floor(readFileSync(model).length / 2))
  expect(await codesAfter(half, true)).toEqual(['integrity_mismatch model.txt'])
})

it('reports a published one without its model as invalid', async () => {
  expect(await codesAfter((model) => rmSync(model), true)).toEqual([
    'missing_artifact ',
    'integrity_mismatch model.txt',
  ])
})

it('reports one that names a model it does not have as invalid', async () => {
  const name = (_model: string, dir: string) => {
    const path = join(dir, 'metadata.json')
    const metadata = JSON.parse(readFileSync(path, 'utf8')) as object
    writeFileSync(path, JSON.stringify({ ...metadata, artifacts: ['model.onnx'] }))
  }
  expect(await codesAfter(name)).toEqual(['missing_artifact model.onnx'])
})
