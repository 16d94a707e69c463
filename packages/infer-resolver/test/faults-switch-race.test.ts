import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { wrapStore } from '../../../internal/conformance/src/index.js'
import { resolveModelDir } from '../src/index.js'

it('does not replace a model that is left and removed while it is being resolved by the best of the policy', async () => {
  const modelsDir = join(scratchDir(), 'models')
  for (const id of ['run-1', 'run-2', 'run-3']) writeBundle(modelsDir, id)
  writeBundle(modelsDir, 'run-best', { metrics: { macro_f1: 0.99 } })
  const activate = async (id: string) => {
    const bundle = (await readBundle(join(modelsDir, id))) as LocalValidBundle
    await writeActiveAtomic(modelsDir, bundle, { source: 'manual' })
  }
  await activate('run-1')
  // Twice, another model takes over just after the pointer was read, and the one read of goes away.
  const races = [['run-1', 'run-2'], undefined, ['run-2', 'run-3']] as const
  let reads = 0
  const store = wrapStore(localStore(modelsDir), {
    pointer: (real) => ({
      read: async () => {
        const state = await real.read()
        const race = races[reads++]
        if (race === undefined) return state
        await activate(race[1])
        rmSync(join(modelsDir, race[0]), { recursive: true })
        return state
      },
    }),
  })
  expect(await resolveModelDir({ modelsDir: store })).toMatchObject({
    source: 'active',
    modelId: 'run-3',
    warnings: [],
  })
  rmSync(join(modelsDir, 'run-3'), { recursive: true })
  expect(await resolveModelDir({ modelsDir })).toMatchObject({
    source: 'selection',
    modelId: 'run-best',
    warnings: [{ code: 'active_bundle_missing' }],
  })
})
