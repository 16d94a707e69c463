import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { predictorChecks } from '@taskclf/predictor'
import { promote, retrain } from '@taskclf/promotion'
import { readBundle } from '@taskclf/registry-core'
import { copyDemoModels, metricsOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const CHAMPION = '2026-03-02_031009_run-8935'

const DAMAGE: [what: string, damage: (champion: string, models: string) => void, code: string][] = [
  ['has lost its metrics', (dir) => rmSync(join(dir, 'metrics.json')), 'champion_unusable'],
  [
    'has half of its metrics',
    (dir) => writeFileSync(join(dir, 'metrics.json'), '{"macro_f1": 0.9'),
    'champion_unusable',
  ],
  ['has lost its model', (dir) => rmSync(join(dir, 'model.txt')), 'champion_unusable'],
  ['is gone', (dir) => rmSync(dir, { recursive: true }), 'champion_unusable'],
  [
    'cannot be told',
    (_, models) => writeFileSync(join(models, 'active.json'), '{"model_'),
    'pointer_corrupt',
  ],
]

async function scene(damage: (champion: string, models: string) => void) {
  const base = scratchDir()
  const models = copyDemoModels(base)
  const champion = await readBundle(join(models, CHAMPION))
  if (champion.status !== 'valid') throw new Error('the demo holds valid bundles')
  await writeActiveAtomic(models, champion, { source: 'manual' })
  damage(champion.path, models)
  return { base, models, pointer: readFileSync(join(models, 'active.json'), 'utf8') }
}

it.each(DAMAGE)('does not let a worse model through when the champion %s', async (_what, damage, code) => {
  const { base, models, pointer } = await scene(damage)
  const candidateDir = writeBundle(base, 'candidate', {
    metadata: { model_id: 'run-worse' },
    metrics: { macro_f1: 0.1 },
  })
  await expect(promote({ candidateDir, modelsDir: models })).rejects.toMatchObject({ code })
  expect(existsSync(join(models, 'run-worse'))).toBe(false)
  expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe(pointer)
})

it.each(DAMAGE)('finds before the training, not after, that the champion %s', async (_what, damage, code) => {
  const { models } = await scene(damage)
  let trained = false
  const startTrainer = async () => {
    trained = true
    throw new Error('trained for nothing')
  }
  await expect(retrain({ modelsDir: models, startTrainer })).rejects.toMatchObject({ code })
  expect(trained).toBe(false)
})

it.each<[string, (models: string) => Promise<void> | void]>([
  [
    'was changed since it was activated',
    (models) =>
      writeFileSync(join(models, 'champion', 'metrics.json'), JSON.stringify(metricsOf({ macro_f1: 0.1 }))),
  ],
  [
    'does not load',
    async (models) => {
      writeBundle(models, 'unloadable', { model: 'tree\n' })
      await activate(models, 'unloadable')
    },
  ],
])('does not compare, with checks, with a champion that %s', async (_what, damage) => {
  const base = scratchDir()
  const models = join(base, 'models')
  writeBundle(models, 'champion')
  await activate(models, 'champion')
  await damage(models)
  const candidateDir = writeBundle(base, 'candidate', { metadata: { model_id: 'candidate' } })
  const options = { candidateDir, modelsDir: models, checks: predictorChecks() }
  await expect(promote(options)).rejects.toMatchObject({ code: 'champion_unusable' })
  expect(existsSync(join(models, 'candidate'))).toBe(false)
  expect((await promote({ ...options, ignoreChampion: true })).published?.modelId).toBe('candidate')
})

async function activate(models: string, id: string): Promise<void> {
  const bundle = await readBundle(join(models, id))
  if (bundle.status !== 'valid') throw new Error(`${id} is no bundle`)
  await writeActiveAtomic(models, bundle, { source: 'manual' })
}
