import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, vi } from 'vitest'
import { resolveModelDir } from '../src/index.js'

vi.mock('@taskclf/active-pointer', async (original) => {
  const real = await original<typeof import('@taskclf/active-pointer')>()
  return { ...real, readActive: vi.fn(real.readActive) }
})
const real = await vi.importActual<typeof import('@taskclf/active-pointer')>('@taskclf/active-pointer')

it('a model that is left and removed while it is being resolved is not replaced by the best of the policy', async () => {
  const modelsDir = join(scratchDir(), 'models')
  for (const id of ['run-1', 'run-2', 'run-3']) writeBundle(modelsDir, id)
  writeBundle(modelsDir, 'run-best', { metrics: { macro_f1: 0.99 } })
  const activate = async (id: string) => {
    const bundle = (await readBundle(join(modelsDir, id))) as LocalValidBundle
    await writeActiveAtomic(modelsDir, bundle, { source: 'manual' })
  }
  await activate('run-1')
  const reading = vi.mocked(readActive)
  // Twice, another model takes over just after the pointer was read, and the one read of goes away.
  for (const [left, next] of [
    ['run-1', 'run-2'],
    ['run-2', 'run-3'],
  ] as const) {
    reading.mockImplementationOnce(async (root) => {
      const state = await real.readActive(root)
      await activate(next)
      rmSync(join(modelsDir, left), { recursive: true })
      return state
    })
    if (left === 'run-1') reading.mockImplementationOnce(real.readActive)
  }
  expect(await resolveModelDir({ modelsDir })).toMatchObject({
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
