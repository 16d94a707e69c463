import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type BundleChecks, type LocalValidBundle, RegistryError, readBundle } from '@taskclf/registry-core'
import { UNGATED_POLICY } from '@taskclf/selection-policy'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { promote } from '../src/index.js'
import { activeId, candidateIn, errorOf, place, scored, seen } from './support.js'

const UNGATED = { policy: UNGATED_POLICY }

/** Of the same size, so that only its digest tells. */
function otherLeaf(dir: string): void {
  const path = join(dir, 'model.txt')
  writeFileSync(path, readFileSync(path, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
}

/** Nothing of these names loads. */
const failing = (...ids: string[]): BundleChecks => ({
  check: async ({ path, modelId }) =>
    ids.some((id) => modelId === id || path.endsWith(id))
      ? { status: 'failed', code: 'load_failed', message: 'it does not load' }
      : { status: 'passed' },
})

async function activate(models: string, id: string): Promise<void> {
  const bundle = (await readBundle(join(models, id))) as LocalValidBundle
  await writeActiveAtomic(models, bundle, { source: 'manual' })
}

describe('a copy that was published before', () => {
  it.each([
    ['run-1', /under another model_id/],
    [undefined, /--again publishes a copy$/],
  ])('refuses a copy that was damaged, and says how to publish again (model_id %s)', async (id, advice) => {
    const { base, models } = place()
    const candidateDir = candidateIn(base, 'run-1', { metadata: { model_id: id } })
    const first = await promote({ candidateDir, modelsDir: models, ...UNGATED })
    otherLeaf(first.published?.path ?? '')
    const again = await promote({ candidateDir, modelsDir: models, ...UNGATED })
    expect(again.rejection).toMatchObject({ stage: 'check', code: 'integrity_mismatch' })
    expect(again.rejection?.reasons[0]?.message).toMatch(advice)
  })

  it('refuses a copy that does not load any more, without that advice', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    await promote({ candidateDir, modelsDir: models, ...UNGATED })
    const again = await promote({
      candidateDir,
      modelsDir: models,
      ...UNGATED,
      ignoreChampion: true,
      checks: failing('models/run-1'),
    })
    expect(again.rejection).toMatchObject({ stage: 'check', code: 'load_failed' })
    expect(again.rejection?.reasons[0]?.message).not.toContain('--again')
  })
})

describe('with the champion ignored', () => {
  it('gives up an active model that must not serve for a lesser one', async () => {
    const { base, models } = place()
    writeBundle(models, 'top', { metrics: { macro_f1: 0.99 } })
    await activate(models, 'top')
    const result = await promote({
      candidateDir: scored(base, 'run-1', 0.999),
      modelsDir: models,
      ...UNGATED,
      ignoreChampion: true,
      checks: failing('top'),
    })
    expect([result.outcome, activeId(models)]).toEqual(['promoted', 'run-1'])
  })

  it('names one that is the best itself, and nothing takes its place', async () => {
    const { base, models } = place()
    writeBundle(models, 'top', { metrics: { macro_f1: 0.99 } })
    await activate(models, 'top')
    const settings = { modelsDir: models, ...UNGATED, ignoreChampion: true, checks: failing('top') }
    const error = await errorOf(promote({ candidateDir: scored(base, 'run-1', 0.5), ...settings }))
    expect(error).toMatchObject({ code: 'load_failed', details: { path: join(models, 'top') } })
    expect(activeId(models)).toBe('top')
  })
})

describe('a rehearsal', () => {
  const best = { metrics: { macro_f1: 0.99 } }

  it('fails as the switch to another best would', async () => {
    const { base, models } = place()
    writeBundle(models, 'top', best)
    writeBundle(models, 'low', { metrics: { macro_f1: 0.4 } })
    await activate(models, 'low')
    const settings = { modelsDir: models, ...UNGATED, dryRun: true, checks: failing('top') }
    const error = await errorOf(promote({ candidateDir: scored(base, 'run-1', 0.5), ...settings }))
    expect(error).toMatchObject({ code: 'load_failed', details: { modelId: 'top' } })
    expect([activeId(models), seen(models)]).toEqual([
      'low',
      expect.not.arrayContaining(['run-1']) as unknown as string[],
    ])
  })

  it('passes what is not about the bundle on as it is', async () => {
    const { base, models } = place()
    writeBundle(models, 'top', best)
    writeBundle(models, 'low', { metrics: { macro_f1: 0.4 } })
    await activate(models, 'low')
    const throwing = (error: Error): BundleChecks => ({
      check: async ({ modelId }) => {
        if (modelId === 'top') throw error
        return { status: 'passed' }
      },
    })
    const run = (error: Error) =>
      promote({
        candidateDir: scored(base, 'run-1', 0.5),
        modelsDir: models,
        ...UNGATED,
        dryRun: true,
        checks: throwing(error),
      })
    await expect(run(new TypeError('a bug'))).rejects.toThrow('a bug')
    await expect(run(new RegistryError('io', models, 'EMFILE'))).rejects.toMatchObject({ code: 'io' })
  })
})
