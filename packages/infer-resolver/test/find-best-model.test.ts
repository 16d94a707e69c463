import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SelectionReport } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, expectTypeOf, it } from 'vitest'
import { findBestModel } from '../src/index.js'

it('uses the index or not, as it is asked, and returns the same', async () => {
  const models = join(scratchDir(), 'models')
  mkdirSync(models)
  writeBundle(models, 'run-a')
  writeBundle(models, 'run-b', { metrics: { macro_f1: 0.95 } })
  writeFileSync(join(models, 'index.json'), '{}')
  for (const options of [{}, { useIndex: true }, { useIndex: false }, { withdrawn: ['run-b'] }]) {
    const report = await findBestModel(models, undefined, undefined, options)
    expectTypeOf(report).toEqualTypeOf<SelectionReport>()
    expect(report.best?.bundle.modelId).toBe('withdrawn' in options ? 'run-a' : 'run-b')
  }
})

it('reports a models dir that is not there', async () => {
  await expect(findBestModel(join(scratchDir(), 'none'))).rejects.toMatchObject({
    code: 'models_dir_missing',
  })
})
