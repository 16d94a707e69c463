import { join } from 'node:path'
import { checkBundle, loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function bundleOf(metadata: Record<string, unknown>) {
  const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1', { metadata }))
  if (bundle.status !== 'valid') throw new Error('not valid')
  return bundle
}

it('does not call a rejected row as one of the labels', async () => {
  const bundle = await bundleOf({ reject_label: 'Build', reject_threshold: 0.9 })
  await expect(loadPredictor(bundle)).rejects.toMatchObject({ code: 'invalid_threshold' })
  expect(await checkBundle(bundle)).toMatchObject({ status: 'failed' })
  const byDefault = await bundleOf({ label_set: ['Build', 'Mixed/Unknown'], reject_threshold: 0.9 })
  await expect(loadPredictor(byDefault)).rejects.toMatchObject({ code: 'invalid_threshold' })
})

it.each([undefined, null, 0])('accepts any label while nothing is rejected: %s', async (threshold) => {
  const stated = threshold === undefined ? {} : { reject_threshold: threshold }
  const bundle = await bundleOf({ reject_label: 'Build', ...stated })
  expect((await loadPredictor(bundle)).rejectLabel).toBe('Build')
  await expect(loadPredictor(bundle, { rejectThreshold: 0.9 })).rejects.toMatchObject({
    code: 'invalid_threshold',
  })
})
