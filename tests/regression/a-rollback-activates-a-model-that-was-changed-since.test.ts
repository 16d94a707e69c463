import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rollbackActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { computeBundleDigest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// Its pointer went on saying the digest of the model that had been there.
it('passes over a bundle whose model is another by now', async () => {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b', 'run-c']) {
    writeBundle(models, id)
    const bundle = (await readBundle(join(models, id))) as LocalValidBundle
    await writeActiveAtomic(models, bundle, {
      source: 'manual',
      bundleDigest: await computeBundleDigest(bundle.path),
    })
  }
  const model = join(models, 'run-b', 'model.txt')
  writeFileSync(model, `${readFileSync(model, 'utf8')}changed`)
  const { pointer, passedOver } = await rollbackActive(models)
  expect(pointer.model_id).toBe('run-a')
  expect(pointer.bundle_digest).toBe(await computeBundleDigest(join(models, 'run-a')))
  expect(passedOver).toMatchObject([{ modelId: 'run-b', why: 'changed' }])
})
