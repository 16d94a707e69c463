import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBestModel } from '@taskclf/infer-resolver'
import { listBundles } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BEST = '2026-03-02_031009_run-8935'

/** As a cluster mounts a volume: everything is a link through `..data` to a directory named for the time. */
function mounted(): string {
  const base = scratchDir()
  const models = join(base, 'models')
  mkdirSync(models)
  cpSync(copyDemoModels(scratchDir()), join(models, '..2026_01'), { recursive: true })
  writeFileSync(join(models, '..2026_01', 'active.json'), '{}')
  symlinkSync('..2026_01', join(models, '..data'))
  for (const name of [BEST, 'active.json']) symlinkSync(`..data/${name}`, join(models, name))
  return models
}

it('reads a bundle that is mounted as valid, and not the link to the pointer as one', async () => {
  const models = mounted()
  const bundles = await listBundles(models)
  const found = bundles.map((bundle) => [
    bundle.modelId,
    bundle.status === 'valid' ? 'valid' : bundle.problems.map(({ code }) => code),
  ])
  expect(found).toEqual([[BEST, 'valid']])
  expect((await findBestModel(models)).best?.bundle.modelId).toBe(BEST)
})

it('does not report what a file system or a storage appliance puts there as a broken model', async () => {
  const models = copyDemoModels(scratchDir())
  for (const name of ['lost+found', '@eaDir']) mkdirSync(join(models, name))
  symlinkSync(join(models, BEST, 'metrics.json'), join(models, 'latest-metrics.json'))
  const bundles = await listBundles(models)
  expect(bundles.filter(({ status }) => status === 'invalid').map(({ modelId }) => modelId)).toEqual([])
  expect(bundles).toHaveLength(7)
})
