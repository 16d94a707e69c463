import { appendFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleChecks } from '@taskclf/registry-core'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { openRegistry } from '../src/index.js'
import { opened, pointerOf } from './support.js'

describe('openRegistry', () => {
  it('reports a models dir that is not there', async () => {
    await expect(openRegistry(join(scratchDir(), 'none'))).rejects.toMatchObject({
      code: 'models_dir_missing',
    })
  })

  it('follows the path as it was given, each time again', async () => {
    const { models } = await opened()
    const link = join(scratchDir(), 'current')
    symlinkSync(models, link)
    const registry = await openRegistry(link)
    expect((await registry.list()).models).toHaveLength(3)
    const next = await opened()
    writeBundle(next.models, 'run-d')
    symlinkSync(next.models, `${link}.new`)
    renameSync(`${link}.new`, link)
    expect((await registry.list()).models).toHaveLength(4)
  })
})

describe('list', () => {
  it('gives every model its place, or the reason why it has none, and says which is active', async () => {
    const { models, registry } = await opened()
    await registry.activate('run-b')
    writeFileSync(join(models, 'run-a', 'metrics.json'), '{')
    const { models: listed } = await registry.list()
    expect(
      listed.map(({ bundle, rank, exclusion, active }) => [bundle.modelId, rank, exclusion?.code, active]),
    ).toEqual([
      ['run-a', undefined, 'malformed_json', false],
      ['run-b', 2, undefined, true],
      ['run-c', 1, undefined, false],
    ])
  })
})

describe('activateBest', () => {
  it('switches to the best with who, and leaves it there the next time', async () => {
    const { models, registry } = await opened({ actor: 'ci', now: () => new Date('2026-05-01T00:00:00Z') })
    const { switched } = await registry.activateBest()
    expect(switched).toMatchObject({ revision: 1, line: { actor: 'ci', source: 'promotion' } })
    expect(pointerOf(models)).toMatchObject({
      model_id: 'run-c',
      selected_at: '2026-05-01T00:00:00.000000+00:00',
    })
    const again = await registry.activateBest()
    expect([again.switched, again.decision.code]).toEqual([undefined, 'same_model'])
  })

  it('replaces an active model that must not serve, though it is gone past by nobody', async () => {
    const { registry, models } = await opened()
    await registry.activate('run-b')
    appendFileSync(join(models, 'run-b', 'model.txt'), 'changed\n')
    const strict = await openRegistry(models, { policy: { ...DEFAULT_POLICY, min_improvement: 0.5 } })
    expect(await strict.select()).toMatchObject({ decision: { code: 'gain_too_small' } })
    expect(await strict.activateBest()).toMatchObject({ decision: { code: 'incumbent_ineligible' } })
    expect(pointerOf(models).model_id).toBe('run-c')
  })

  it('tries the best before the switch, and reports a best that fails', async () => {
    const checks: BundleChecks = {
      check: async ({ modelId }) =>
        modelId === 'run-c' ? { status: 'failed', code: 'load_failed', message: 'no' } : { status: 'passed' },
    }
    const { registry, models } = await opened({ checks })
    await expect(registry.activateBest()).rejects.toMatchObject({ code: 'load_failed' })
    await registry.activate('run-b')
    expect(pointerOf(models).model_id).toBe('run-b')
  })

  it('does not write over a pointer that cannot be read', async () => {
    const { registry, models } = await opened()
    writeFileSync(join(models, 'active.json'), '{')
    await expect(registry.activateBest()).rejects.toMatchObject({ code: 'pointer_corrupt' })
  })
})

describe('activate', () => {
  it('rejects an id that is not there, with those that are, and a damaged bundle', async () => {
    const { registry, models } = await opened()
    await expect(registry.activate('run-x')).rejects.toMatchObject({
      code: 'unknown_model',
      details: { known: ['run-a', 'run-b', 'run-c'] },
    })
    writeFileSync(join(models, 'run-a', 'metrics.json'), '{')
    await expect(registry.activate('run-a', { force: true })).rejects.toMatchObject({
      code: 'invalid_bundle',
    })
  })

  it('goes past gates only when forced, and returns what it went past', async () => {
    const { registry, models } = await opened()
    writeBundle(models, 'run-d', { metrics: { macro_f1: 0.9, acceptance_pass: false } })
    await expect(registry.activate('run-d')).rejects.toMatchObject({
      code: 'gate_failed',
      details: { modelId: 'run-d', reasons: [{ stage: 'gate' }] },
    })
    expect(await registry.activate('run-d', { force: true, note: 'known' })).toMatchObject({
      forced: [{ stage: 'gate' }],
      pointer: { model_id: 'run-d', reason: { note: 'known' } },
    })
  })

  it('rejects a model without the metric, and one that does not fit', async () => {
    const { models } = await opened()
    const policy = { ...DEFAULT_POLICY, rank_by: [{ metric: 'auc', order: 'desc' as const }] }
    const ranked = await openRegistry(models, { policy })
    await expect(ranked.activate('run-a')).rejects.toMatchObject({ code: 'metric_absent' })
    const fitting = await openRegistry(models, { requirement: { schemas: [{ hash: 'other' }] } })
    await expect(fitting.activate('run-a')).rejects.toMatchObject({ code: 'incompatible' })
  })

  it('records no counts of a selection that was among one bundle', async () => {
    const { registry } = await opened()
    const { line } = await registry.activate('run-a')
    expect(line.decision).toMatchObject({ kind: 'set-active', candidate: { model_id: 'run-a' } })
    expect(line.decision).not.toHaveProperty('eligible')
  })

  it('compares the revision that it is given to expect', async () => {
    const { registry } = await opened()
    await registry.activate('run-a', { expectedRevision: 0 })
    await expect(registry.activate('run-b', { expectedRevision: 0 })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('history', () => {
  it('is gone back in, and says what was active when', async () => {
    let time = Date.parse('2026-05-01T00:00:00Z')
    const { registry } = await opened({ now: () => new Date(time) })
    for (const id of ['run-a', 'run-b', 'run-c']) {
      await registry.activate(id)
      time += 3_600_000
    }
    expect((await registry.history()).entries).toHaveLength(3)
    const idAt = async (text: string) => (await registry.at(new Date(text)))?.new.model_id
    expect(await idAt('2026-04-30T23:59:59Z')).toBeUndefined()
    expect(await idAt('2026-05-01T00:00:00Z')).toBe('run-a')
    expect(await idAt('2026-05-01T01:59:59Z')).toBe('run-b')
    expect(await idAt('2026-06-01T00:00:00Z')).toBe('run-c')
    expect((await registry.at({ revision: 2 }))?.new.model_id).toBe('run-b')
    expect(await registry.at({ revision: 9 })).toBeUndefined()
    expect((await registry.rollback()).pointer.model_id).toBe('run-b')
    expect((await registry.rollback({ toRevision: 1 })).pointer.model_id).toBe('run-a')
  })

  it('says of a switch that nothing confirms, since the pointer was lost, that it may have happened', async () => {
    const { registry, models } = await opened({ now: () => new Date('2026-05-01T00:00:00Z') })
    for (const id of ['run-a', 'run-b']) await registry.activate(id)
    rmSync(join(models, 'active.json'))
    const later = new Date('2026-05-02T00:00:00Z')
    expect(await registry.at(later)).toMatchObject({ new: { model_id: 'run-b' }, state: 'unconfirmed' })
    expect(await registry.at({ revision: 2 })).toMatchObject({ state: 'unconfirmed' })
  })

  it('keeps withdrawn models from automatic selection until they are readmitted', async () => {
    const { registry } = await opened()
    await registry.activate('run-a')
    await registry.withdraw('run-c', { note: 'old labels' })
    expect((await registry.select()).report.best?.bundle.modelId).toBe('run-b')
    await registry.readmit('run-c')
    expect((await registry.select()).report.best?.bundle.modelId).toBe('run-c')
  })
})

describe('diff', () => {
  it('names what differs, with the exact change of each number', async () => {
    const { registry } = await opened()
    const { one, other, metrics } = await registry.diff('run-a', 'run-b')
    expect([one, other]).toEqual(['run-a', 'run-b'])
    expect(metrics).toContainEqual({ at: 'macro_f1', one: 0.8, other: 0.81, change: '0.01' })
    expect(await registry.diff('run-a', 'run-a')).toMatchObject({ metrics: [], metadata: [] })
  })

  it('rejects a bundle that cannot be read, and one that is not there', async () => {
    const { registry, models } = await opened()
    await expect(registry.diff('run-a', 'run-x')).rejects.toMatchObject({ code: 'unknown_model' })
    await expect(registry.read('run-x')).rejects.toMatchObject({ code: 'unknown_model' })
    rmSync(join(models, 'run-b', 'metrics.json'))
    await expect(registry.diff('run-a', 'run-b')).rejects.toMatchObject({ code: 'invalid_bundle' })
  })
})

describe('verify', () => {
  it('reads every model, or those asked for, and compares the active one with what was activated', async () => {
    const { registry, models } = await opened()
    await registry.activate('run-b')
    const progress: string[] = []
    const { models: all } = await registry.verify({
      onProgress: (id, at, of) => progress.push(`${id} ${at}/${of}`),
    })
    expect(all.map(({ modelId, ok }) => [modelId, ok])).toEqual([
      ['run-a', true],
      ['run-b', true],
      ['run-c', true],
    ])
    expect(progress).toEqual(['run-a 1/3', 'run-b 2/3', 'run-c 3/3'])
    appendFileSync(join(models, 'run-b', 'model.txt'), 'changed\n')
    expect(await registry.verify({ modelIds: ['run-b'] })).toMatchObject({
      models: [{ modelId: 'run-b', ok: false, checks: { status: 'failed', code: 'integrity_mismatch' } }],
    })
    expect(await registry.verify({ modelIds: ['run-b'], load: false })).not.toHaveProperty('models.0.checks')
    await expect(registry.verify({ modelIds: ['run-a', 'run-x'] })).rejects.toMatchObject({
      code: 'unknown_model',
    })
  })
})

describe('serving', () => {
  it('resolves the active model, and follows it', async () => {
    const { registry } = await opened()
    await registry.activate('run-a')
    expect(await registry.resolve()).toMatchObject({ modelId: 'run-a', source: 'active' })
    await using models = await registry.reloader({ load: ({ modelId }) => modelId })
    expect(await models.use((model) => model)).toBe('run-a')
    await registry.activate('run-c')
    await models.refresh()
    expect(await models.use((model) => model)).toBe('run-c')
  })
})

describe('promote', () => {
  it('publishes a candidate that earns its place, and makes it active; a dry run does neither', async () => {
    const { registry, models } = await opened({ actor: 'ci' })
    await registry.activateBest()
    const candidate = writeBundle(join(scratchDir(), 'candidates'), 'run-d', { metrics: { macro_f1: 0.95 } })
    expect(await registry.promote(candidate, { dryRun: true })).toMatchObject({ outcome: 'dry_run' })
    expect(pointerOf(models).model_id).toBe('run-c')
    expect(await registry.promote(candidate)).toMatchObject({ outcome: 'promoted' })
    expect((await registry.select()).report.best?.bundle.metrics.macro_f1).toBe(0.95)
  })
})

it('brings the index up to date', async () => {
  const { registry, models } = await opened()
  const { report } = await registry.refreshIndex()
  expect(report.best?.bundle.modelId).toBe('run-c')
  expect((await import('@taskclf/registry-core')).readIndex(models)).toMatchObject({
    status: 'present',
    ours: true,
  })
})
