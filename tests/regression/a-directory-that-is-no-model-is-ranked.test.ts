import { cpSync, mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { listBundles } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BEST = '2026-03-02_031009_run-8935'

it('ignores hidden and staging directories', async () => {
  const models = copyDemoModels(scratchDir())
  for (const name of ['.tmp-run', '.staging', '.git'])
    cpSync(join(models, BEST), join(models, name), { recursive: true })
  expect(
    (await listBundles(models)).map((bundle) => bundle.modelId).filter((id) => id.startsWith('.')),
  ).toEqual([])
})

it('rejects a copy of a bundle under another name', async () => {
  const models = copyDemoModels(scratchDir())
  cpSync(join(models, BEST), join(models, `${BEST}.bak`), { recursive: true })
  const copy = (await listBundles(models)).find((bundle) => bundle.modelId === `${BEST}.bak`)
  expect(copy?.status === 'invalid' && copy.problems.map((problem) => problem.code)).toEqual([
    'model_id_mismatch',
  ])
})

it('reports a link out of the models dir as invalid, and so a second name for a model inside', async () => {
  const base = scratchDir()
  const models = copyDemoModels(base)
  mkdirSync(join(base, 'elsewhere'))
  renameSync(join(models, BEST), join(base, 'elsewhere', BEST))
  symlinkSync(join(base, 'elsewhere', BEST), join(models, BEST))
  symlinkSync('2026-02-16_031012_run-2286', join(models, 'latest'))
  const invalid = (await listBundles(models)).filter((bundle) => bundle.status === 'invalid')
  expect(invalid.map((bundle) => [bundle.modelId, bundle.problems.map((problem) => problem.code)])).toEqual([
    [BEST, ['symlink_escape']],
    ['latest', ['symlink_alias']],
  ])
})

it('reports a model that is a link out of the models dir as invalid', async () => {
  const base = scratchDir()
  const models = copyDemoModels(base)
  renameSync(join(models, BEST, 'model.txt'), join(base, 'model.txt'))
  symlinkSync(join(base, 'model.txt'), join(models, BEST, 'model.txt'))
  const bundle = (await listBundles(models)).find((each) => each.modelId === BEST)
  expect(bundle?.status === 'invalid' && bundle.problems.map((problem) => problem.code)).toEqual([
    'symlink_escape',
  ])
})
