import { join } from 'node:path'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { resolveModelDir } from '../src/index.js'

it('does not overwrite what a person chose while a repair was looking for the best', async () => {
  const modelsDir = join(scratchDir(), 'models')
  // Enough of them that the scan lets others have their turn in between.
  for (let i = 0; i < 800; i++) writeBundle(modelsDir, `run-${String(i).padStart(3, '0')}`)
  const best = 'run-best'
  writeBundle(modelsDir, best, { metrics: { macro_f1: 0.99 } })
  const chosen = (await readBundle(join(modelsDir, 'run-007'))) as LocalValidBundle
  const repairing = resolveModelDir({ modelsDir, repair: true })
  // The scan has begun, from what was there: no pointer.
  await new Promise((resolve) => setImmediate(resolve))
  const { version } = await writeActiveAtomic(modelsDir, chosen, { source: 'manual', actor: 'ops' })
  await repairing
  expect(await readActive(modelsDir)).toMatchObject({ status: 'valid', modelId: 'run-007', version })
})
