import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { modelDirOf } from '../src/format/model-dir.js'
import { readActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, linesOf, modelsWith, pointerOf } from './support.js'

const MANUAL = { source: 'manual' } as const

/** `app/models` leads to `data/registry-v1`. */
function deployed(): { link: string; real: string } {
  const dir = scratchDir()
  const real = join(dir, 'data', 'registry-v1')
  for (const id of ['run-a', 'run-b']) writeBundle(real, id)
  mkdirSync(join(dir, 'app'))
  symlinkSync('../data/registry-v1', join(dir, 'app', 'models'))
  return { link: join(dir, 'app', 'models'), real }
}

const foreign = (model_dir: string) =>
  JSON.stringify({ model_dir, model_id: 'run-a', selected_at: '2026-03-01', policy_version: 1 })

describe('the models dir in model_dir', () => {
  it('has the name as given, not that of the directory a link leads to', async () => {
    const { link, real } = deployed()
    const { warnings } = await writeActiveAtomic(link, await bundleOf(real, 'run-a'), MANUAL)
    expect([pointerOf(real).model_dir, warnings]).toEqual(['models/run-a', []])
  })

  it('has the name that the pointer has, where that leads to the same directory', async () => {
    const { link, real } = deployed()
    symlinkSync('models', join(dirname(link), 'current'))
    writeFileSync(join(real, 'active.json'), foreign('current\\run-a'))
    const { warnings } = await writeActiveAtomic(link, await bundleOf(real, 'run-b'), MANUAL)
    expect([pointerOf(real).model_dir, warnings]).toEqual(['current/run-b', []])
  })

  it.each(['elsewhere/run-a', 'data/run-a'])(
    'has the name as given where %s leads elsewhere',
    async (dir) => {
      const { link, real } = deployed()
      mkdirSync(join(dirname(link), 'data'))
      writeFileSync(join(real, 'active.json'), foreign(dir))
      const first = await writeActiveAtomic(link, await bundleOf(real, 'run-b'), MANUAL)
      expect(first.pointer.model_dir).toBe('models/run-b')
      expect(first.warnings).toMatchObject([{ code: 'models_dir_renamed' }])
      const again = await writeActiveAtomic(real, await bundleOf(real, 'run-a'), MANUAL)
      expect([again.pointer.model_dir, again.warnings]).toEqual(['registry-v1/run-a', []])
    },
  )

  it('says nothing of a pointer without a name', async () => {
    const models = modelsWith('run-a')
    writeFileSync(join(models, 'active.json'), foreign('run-a'))
    const { pointer, warnings } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect([pointer.model_dir, warnings]).toEqual(['models/run-a', []])
  })

  it.each(['odd\\name', 'c:odd'])('is left out where no reader would take it: %s', async (name) => {
    const models = join(scratchDir(), name)
    writeBundle(models, 'run-a')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
    expect([modelDirOf(name, 'x'), modelDirOf('', 'x'), modelDirOf('m', 'x')]).toEqual(['x', 'x', 'm/x'])
  })
})

describe('what no reader would take', () => {
  it.each([
    ['an id with a backslash', 'bundle_not_promoted', 'odd\\run', {}],
    ['a reason without a metric', 'invalid_pointer', 'run-a', { reason: {} }],
    [
      'a reason with text for a figure',
      'invalid_pointer',
      'run-a',
      { reason: { metric: 'm', macro_f1: '1' } },
    ],
    ['an endless policy version', 'invalid_pointer', 'run-a', { policyVersion: Number.POSITIVE_INFINITY }],
    ['a number for an actor', 'invalid_pointer', 'run-a', { actor: 7 }],
    ['an unknown source', 'invalid_pointer', 'run-a', { source: 'magic' }],
  ])('is not written: %s', async (_, code, id, options) => {
    const models = modelsWith('run-a')
    const first = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    const dir = writeBundle(models, id)
    const bundle = { ...(await bundleOf(models, 'run-a')), modelId: id, path: dir } as LocalValidBundle
    await expect(
      writeActiveAtomic(models, bundle, { ...MANUAL, ...options } as typeof MANUAL),
    ).rejects.toMatchObject({ code })
    expect(await readActive(models)).toMatchObject({ version: first.version })
    expect(linesOf(models).length).toBe(1)
  })
})
