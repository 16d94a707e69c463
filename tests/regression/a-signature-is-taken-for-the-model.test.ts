import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBestModel } from '@taskclf/infer-resolver'
import { buildManifest, computeBundleDigest, listBundles, verifyBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it.each(['model.sig', 'model.txt.sig', 'model.sigstore.json'])(
  'does not choose a bundle with %s and no model',
  async (name) => {
    const models = scratchDir()
    writeBundle(models, 'better', {
      metrics: { macro_f1: 0.99 },
      files: { 'model.txt': null, [name]: 'MEUCIQD' },
    })
    writeBundle(models, 'good', { metrics: { macro_f1: 0.9 } })
    expect((await findBestModel(models)).best?.bundle.modelId).toBe('good')
  },
)

it('reads a published bundle that is signed afterwards as undamaged, and as the same bundle', async () => {
  const models = scratchDir()
  const dir = writeBundle(models, 'run-1')
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
  const digest = await computeBundleDigest(dir)
  writeFileSync(join(dir, 'model.sig'), 'MEUCIQD')
  const [bundle] = await listBundles(models)
  expect(bundle?.status === 'invalid' ? bundle.problems : 'valid').toBe('valid')
  expect((await verifyBundle(dir)).problems).toEqual([])
  expect(await computeBundleDigest(dir)).toBe(digest)
})
