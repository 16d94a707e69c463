import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { resolveModelDir } from '@taskclf/infer-resolver'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const requirement = { schemas: [{ hash: '8776f20dbb8f' }] }

// Reading "repaired" the pointer: over a switch made meanwhile, and one line of history for every read.
it('writes nothing when it resolves with a broken pointer, however often', async () => {
  const models = copyDemoModels(scratchDir())
  writeFileSync(join(models, 'active.json'), '{"model_dir": "mod')
  const before = readdirSync(models).sort()
  for (let i = 0; i < 5; i++) await resolveModelDir({ modelsDir: models, requirement }).catch(() => {})
  await resolveModelDir({ modelsDir: models, requirement, onBrokenPointer: 'policy' })
  expect(readdirSync(models).sort()).toEqual(before)
  expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe('{"model_dir": "mod')
})

it('writes one line each time a repair that keeps being needed is requested, not more', async () => {
  const models = copyDemoModels(scratchDir())
  for (let i = 1; i <= 3; i++) {
    rmSync(join(models, 'active.json'), { force: true })
    await resolveModelDir({ modelsDir: models, requirement, repair: true })
    await resolveModelDir({ modelsDir: models, requirement, repair: true })
    expect(readFileSync(join(models, 'active_history.jsonl'), 'utf8').trim().split('\n').length).toBe(i)
  }
})

it('leaves what a person activated, though the policy would choose another', async () => {
  const models = copyDemoModels(scratchDir())
  const gated = (await readBundle(join(models, '2026-01-05_031007_run-1824'))) as LocalValidBundle
  await writeActiveAtomic(models, gated, { source: 'manual' })
  const { modelId, source } = await resolveModelDir({ modelsDir: models, requirement, repair: true })
  expect([modelId, source]).toEqual([gated.modelId, 'active'])
  expect(existsSync(join(models, 'active_history.jsonl'))).toBe(true)
})
