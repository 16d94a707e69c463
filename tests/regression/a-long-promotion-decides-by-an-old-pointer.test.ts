import { join } from 'node:path'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { promote } from '@taskclf/promotion'
import { type BundleChecks, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('decides by the pointer as it is when the bundle is published, not as it was when it was judged', async () => {
  const dir = scratchDir()
  const modelsDir = join(dir, 'models')
  for (const [id, macro_f1] of Object.entries({ 'run-0': 0.8, 'run-1': 0.9 }))
    writeBundle(modelsDir, id, { metrics: { macro_f1 } })
  const activate = async (id: string) => {
    const bundle = (await readBundle(join(modelsDir, id))) as LocalValidBundle
    await writeActiveAtomic(modelsDir, bundle, { source: 'promotion' })
  }
  await activate('run-1')
  const candidateDir = writeBundle(dir, 'candidate', {
    metadata: { model_id: 'run-2' },
    metrics: { macro_f1: 0.895 },
  })
  // While the candidate's copy is tried, another program switches to a worse model.
  const checks: BundleChecks = {
    check: async ({ modelId }) => {
      if (modelId === 'run-2') await activate('run-0')
      return { status: 'passed' }
    },
  }
  const result = await promote({ candidateDir, modelsDir, checks })
  expect(result).toMatchObject({ outcome: 'published', activeModelId: 'run-1' })
  expect(await readActive(modelsDir)).toMatchObject({ modelId: 'run-1' })
})
