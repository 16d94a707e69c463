import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle, type ValidBundle } from '@taskclf/registry-core'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { incomparable } from '../src/champion.js'
import { promote, resolveChampion, retrain } from '../src/index.js'
import { activeId, errorOf, expectUnbrokenChain, place, pointTo, scored, seen } from './support.js'

/** A models dir whose active model is run-a. */
function active(spec: Parameters<typeof writeBundle>[2] = {}) {
  const found = place()
  writeBundle(found.models, 'run-a', spec)
  pointTo(found.models, 'run-a')
  return found
}

describe('a champion that cannot be used stops the promotion before anything is published', () => {
  it.each([
    ['without model.txt', { files: { 'model.txt': null } }, 'missing_artifact'],
    ['without metrics', { files: { 'metrics.json': null } }, 'missing_metrics'],
    ['with metrics that are no JSON', { files: { 'metrics.json': '{"macro_f1": 0.' } }, 'malformed_json'],
    ['with an impossible score', { metrics: { macro_f1: 7 } }, 'schema_violation'],
  ])('stops at a champion %s', async (_what, spec, code) => {
    const { base, models, rejected } = active(spec)
    const candidateDir = scored(base, 'run-b', 0.99)
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(error.code).toBe('champion_unusable')
    expect(error.problems.map((problem) => problem.code)).toContain(code)
    expect(error.details.modelId).toBe('run-a')
    expect([seen(models), seen(rejected), activeId(models)]).toEqual([['active.json', 'run-a'], [], 'run-a'])

    const past = await promote({ candidateDir, modelsDir: models, ignoreChampion: true })
    expect(past).toMatchObject({
      outcome: 'promoted',
      champion: { status: 'ignored' },
      warnings: [{ code: 'champion_ignored' }],
      selection: { decision: { code: 'incumbent_ineligible' } },
    })
    expect(past.regression).toBeUndefined()
  })

  it('stops at a champion that is gone', async () => {
    const { base, models } = active()
    rmSync(join(models, 'run-a'), { recursive: true })
    const candidateDir = scored(base, 'run-b', 0.99)
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect([error.code, error.problems[0]?.code]).toEqual(['champion_unusable', 'vanished'])
    const past = await promote({ candidateDir, modelsDir: models, ignoreChampion: true })
    expect(past).toMatchObject({ outcome: 'promoted', switch: { previous: { modelId: 'run-a' } } })
  })

  it.each([
    '',
    '{',
    '{"model_id": 1}',
    '{"model_dir":"../x","model_id":"x","selected_at":"","policy_version":1}',
  ])('stops at a champion that nobody can name, the pointer being %j', async (text) => {
    const { base, models } = active()
    writeFileSync(join(models, 'active.json'), text)
    const candidateDir = scored(base, 'run-b', 0.99)
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(error.code).toBe('pointer_corrupt')
    expect(seen(models)).toEqual(['active.json', 'run-a'])
    const past = await promote({ candidateDir, modelsDir: models, ignoreChampion: true })
    expect(past.outcome).toBe('promoted')
    expect(past.warnings.map(({ code }) => code)).toEqual(['champion_ignored', 'corrupt_pointer_replaced'])
    await expectUnbrokenChain(models)
  })

  it('does not wait for gates that fail anyway: the candidate gets that reason', async () => {
    const { base, models } = active({ files: { 'model.txt': null } })
    const candidateDir = scored(base, 'run-b', 0.99, { metrics: { acceptance_pass: false } })
    expect((await promote({ candidateDir, modelsDir: models })).outcome).toBe('rejected')
  })
})

describe('a metric that the policy ranks by', () => {
  const policy = {
    ...DEFAULT_POLICY,
    gates: [],
    rank_by: [
      { metric: 'auc', order: 'desc' as const },
      { metric: 'macro_f1', order: 'desc' as const },
    ],
  }

  it('rejects a candidate that lacks it, with no champion too', async () => {
    const { base, models, rejected } = place()
    const result = await promote({ candidateDir: scored(base, 'run-b', 0.9), modelsDir: models, policy })
    expect(result).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'metrics', code: 'metric_absent' },
    })
    expect([seen(models), seen(rejected)]).toEqual([[], ['run-b']])
    const dry = { candidateDir: scored(base, 'run-c', 0.9), modelsDir: models, policy, dryRun: true }
    expect(await promote({ ...dry, ignoreChampion: true })).toMatchObject({ outcome: 'rejected' })
  })

  it('stops everything at a champion that lacks it, once: the next champion has it', async () => {
    const { base, models, rejected } = active()
    const ask = { modelsDir: models, policy }
    const with_ = (id: string, auc: number) => scored(base, id, 0.9, { metrics: { auc } })
    const error = await errorOf(promote({ ...ask, candidateDir: with_('run-b', 0.8) }))
    expect([error.code, error.details.modelId]).toEqual(['champion_metric_absent', 'run-a'])
    expect([seen(models), seen(rejected), activeId(models)]).toEqual([['active.json', 'run-a'], [], 'run-a'])

    const past = await promote({ ...ask, candidateDir: with_('run-b', 0.8), ignoreChampion: true })
    expect(past).toMatchObject({
      outcome: 'promoted',
      selection: { decision: { switch: true, code: 'incumbent_ineligible' } },
      switch: { pointer: { reason: { metric: 'auc', auc: 0.8, macro_f1: 0.9 } } },
    })
    expect(past.selection?.decision.message).toContain('auc')
    expect(await promote({ ...ask, candidateDir: with_('run-c', 0.81) })).toMatchObject({
      outcome: 'promoted',
      regression: { metric: 'auc', drop: '-0.01' },
    })
  })

  it('is asked of the champion before anything is trained', async () => {
    const { models } = active()
    let started = false
    const startTrainer = async () => {
      started = true
      throw new Error('not reached')
    }
    const error = await errorOf(retrain({ modelsDir: models, policy, startTrainer }))
    expect([error.code, started]).toEqual(['champion_metric_absent', false])
    const requirement = { schemas: [{ hash: 'another' }] }
    await expect(retrain({ modelsDir: models, policy, requirement, startTrainer })).rejects.toThrow('reached')
  })

  it('is compared also where only one of the two states its feature schema', async () => {
    const { models } = active({ metrics: { auc: 0.9 } })
    const bundle = (await resolveChampion(models, { policy })) as { bundle: ValidBundle }
    const candidate = { ...bundle.bundle, metadata: { ...bundle.bundle.metadata, schema_hash: undefined } }
    expect(incomparable(bundle.bundle, candidate as unknown as ValidBundle, {})).toBeUndefined()
    expect(incomparable(candidate as unknown as ValidBundle, bundle.bundle, {})).toBeUndefined()
  })
})

describe('a champion of another kind is not compared with, and that is said', () => {
  it.each([
    ['another schema than the candidate', {}],
    ['a schema that is not asked for', { requirement: { schemas: [{ hash: '8776f20dbb8f' }] } }],
  ])('compares with no champion of %s', async (_what, ask) => {
    const { base, models } = active({ metadata: { schema_hash: 'another' }, metrics: { macro_f1: 0.99 } })
    const result = await promote({ candidateDir: scored(base, 'run-b', 0.7), modelsDir: models, ...ask })
    expect(result.champion).toMatchObject({ status: 'found', compared: false, bundle: { modelId: 'run-a' } })
    expect(result.warnings).toMatchObject([{ code: 'champion_other_schema' }])
    expect(result.regression).toBeUndefined()
    // Published either way; it takes over only where the other does not fit.
    expect(result.outcome).toBe('requirement' in ask ? 'promoted' : 'published')
  })

  it('compares with no champion of another set of labels than is required', async () => {
    const { base, models } = active({ metadata: { label_set: ['X'] } })
    const requirement = { labelSet: ['Build', 'BreakIdle'] }
    const result = await promote({ candidateDir: scored(base, 'run-b', 0.1), modelsDir: models, requirement })
    expect(result).toMatchObject({ outcome: 'promoted', champion: { compared: false } })
  })
})

describe('without a pointer', () => {
  it('finds in the best by policy the champion', async () => {
    const { base, models } = place()
    writeBundle(models, 'run-a', { metrics: { macro_f1: 0.8 } })
    writeBundle(models, 'run-b', { metrics: { macro_f1: 0.9 } })
    writeBundle(models, 'run-c', { metrics: { macro_f1: 0.99, acceptance_pass: false } })
    writeBundle(models, 'run-d', { files: { 'metrics.json': '{' } })
    const result = await promote({ candidateDir: scored(base, 'run-e', 0.87), modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'rejected',
      champion: { source: 'best', bundle: { modelId: 'run-b' } },
      regression: { drop: '0.03' },
    })
  })

  it('finds else the newest valid one', async () => {
    const { models } = place()
    const failing = { acceptance_pass: false }
    const made = (created_at: string) => ({ metadata: { created_at }, metrics: failing })
    writeBundle(models, 'run-a', made('2026-03-02T01:00:00+02:00'))
    writeBundle(models, 'run-b', made('2026-03-02T00:30:00+00:00'))
    writeBundle(models, 'run-c', made('2026-03-01T23:59:59Z'))
    expect(await resolveChampion(models)).toMatchObject({ source: 'newest', bundle: { modelId: 'run-b' } })
    const loose = { ...DEFAULT_POLICY, gates: [] }
    expect(await resolveChampion(models, { policy: loose })).toMatchObject({ source: 'best' })
  })

  it('finds else none, which is said', async () => {
    const { base, models } = place()
    expect(await resolveChampion(models)).toMatchObject({ status: 'none' })
    writeBundle(models, 'run-a', { files: { 'model.txt': null } })
    expect(await resolveChampion(models)).toMatchObject({ status: 'none' })
    const result = await promote({ candidateDir: scored(base, 'run-b', 0.1), modelsDir: models })
    expect(result).toMatchObject({ outcome: 'promoted', warnings: [{ code: 'no_champion' }] })
  })
})

it('publishes and does not switch where a pointer becomes corrupt meanwhile, and the error says so', async () => {
  const { base, models } = active()
  const attempt = promote({
    candidateDir: scored(base, 'run-b', 0.95),
    modelsDir: models,
    onProgress: (phase) => {
      if (phase === 'select') writeFileSync(join(models, 'active.json'), 'x')
    },
  })
  const error = await errorOf(attempt)
  expect(error).toMatchObject({ code: 'pointer_corrupt', result: { outcome: 'published' } })
  expect(seen(models)).toContain('run-b')
})

it('cannot use an active model that is a link to another', async () => {
  const { base, models } = active()
  symlinkSync(join(models, 'run-a'), join(models, 'run-l'))
  pointTo(models, 'run-l')
  const error = await errorOf(promote({ candidateDir: scored(base, 'run-b', 0.95), modelsDir: models }))
  expect(error).toMatchObject({ code: 'champion_unusable', problems: [{ code: 'symlink_alias' }] })
})

it('passes over a withdrawn model as the newest champion', async () => {
  const { models } = place()
  const failing = { acceptance_pass: false }
  for (const [id, created_at] of [
    ['older', '2026-01-01T00:00:00Z'],
    ['newest', '2026-02-01T00:00:00Z'],
  ] as const)
    writeBundle(models, id, { metadata: { created_at }, metrics: failing })
  for (const id of ['newest', 'older']) {
    const bundle = (await readBundle(join(models, id))) as LocalValidBundle
    await writeActiveAtomic(models, bundle, { source: 'manual' })
  }
  // The history still says that a person left it.
  rmSync(join(models, 'active.json'))
  expect(await resolveChampion(models)).toMatchObject({ source: 'newest', bundle: { modelId: 'older' } })
})
