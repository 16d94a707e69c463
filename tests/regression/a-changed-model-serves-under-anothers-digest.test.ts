import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor } from '@taskclf/predictor'
import { computeBundleDigest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// The pointer records the digest of what was activated, and nothing compared it.
async function changed(dir: string): Promise<string> {
  const models = join(dir, 'models')
  const path = writeBundle(models, 'run-1')
  const bundle = (await readBundle(path)) as LocalValidBundle
  const bundleDigest = await computeBundleDigest(path)
  await writeActiveAtomic(models, bundle, { source: 'manual', bundleDigest })
  const artifact = join(path, 'model.txt')
  writeFileSync(artifact, readFileSync(artifact, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
  return models
}

it('does not serve a model without manifest that was changed after it was activated', async () => {
  const models = await changed(scratchDir())
  const started = await createModelReloader({ modelsDir: models, load: loadPredictor }).then(
    async (reloader) => {
      await reloader.close()
      return 'serves'
    },
    (error: { code: string }) => error.code,
  )
  expect(started).toBe('integrity_mismatch')
})

it('does not predict a batch with it', async () => {
  const dir = scratchDir()
  await changed(dir)
  writeFileSync(join(dir, 'rows.csv'), 'x\n1\n')
  const batch = ['infer', 'batch', '--input', 'rows.csv', '--output', 'out.csv', '--json']
  const { code, stdout } = await runCli(batch, { cwd: dir })
  expect([code, JSON.parse(stdout).error?.code]).toEqual([1, 'integrity_mismatch'])
})
