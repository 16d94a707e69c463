import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor } from '@taskclf/predictor'
import { computeBundleDigest, readBundle, type ValidBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// The pointer records the digest of what was activated, and nothing compared it.
it('a model without manifest that was changed after it was activated does not serve', async () => {
  const models = join(scratchDir(), 'models')
  const dir = writeBundle(models, 'run-1')
  const bundle = (await readBundle(dir)) as ValidBundle
  await writeActiveAtomic(models, bundle, { source: 'manual', bundleDigest: await computeBundleDigest(dir) })
  const artifact = join(dir, 'model.txt')
  writeFileSync(artifact, readFileSync(artifact, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
  const started = await createModelReloader({ modelsDir: models, load: loadPredictor }).then(
    async (reloader) => {
      await reloader.close()
      return 'serves'
    },
    (error: { code: string }) => error.code,
  )
  expect(started).toBe('integrity_mismatch')
})
