import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHistory, rollbackActive } from '@taskclf/active-pointer'
import { lookAtModelsDir } from '@taskclf/registry-core'
import { DEFAULT_POLICY, UNGATED_POLICY } from '@taskclf/selection-policy'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import {
  type PromotionPhase,
  promote,
  promotionResultSchema,
  publishBundle,
  toPromotionJson,
} from '../src/index.js'
import { activeId, at, candidateIn, errorOf, expectWhole, linesOf, place, scored, seen } from './support.js'

describe('a candidate that earns its place', () => {
  it('is published, active, and on record', async () => {
    const { base, models, rejected } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    const phases: PromotionPhase[] = []
    const result = await promote({
      candidateDir,
      modelsDir: models,
      actor: 'ci',
      now: at('2026-04-01T09:00:00Z'),
      onProgress: (phase) => phases.push(phase),
    })
    expect(result).toMatchObject({
      outcome: 'promoted',
      dryRun: false,
      candidate: { modelId: 'run-1', generatedId: false },
      gates: { passed: true },
      champion: { status: 'none' },
      published: { modelId: 'run-1', path: join(models, 'run-1') },
      selection: { decision: { switch: true, code: 'no_incumbent' } },
      switch: { revision: 1 },
      activeModelId: 'run-1',
      warnings: [{ code: 'no_champion' }],
    })
    expect(result.regression).toBeUndefined()
    expect(phases).toEqual(['validate', 'gates', 'champion', 'regression', 'publish', 'select', 'index'])
    expect(await expectWhole(models)).toEqual(['run-1'])
    expect(activeId(models)).toBe('run-1')
    expect(seen(rejected)).toEqual([])
    expect(linesOf(models)[0]).toMatchObject({ source: 'promotion', actor: 'ci', revision: 1 })
  })

  it('takes over from a champion it beats, and the history can say why', async () => {
    const { base, models } = place()
    await promote({ candidateDir: scored(base, 'run-1', 0.8), modelsDir: models })
    const result = await promote({ candidateDir: scored(base, 'run-2', 0.85), modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'promoted',
      champion: { status: 'found', source: 'active', compared: true, bundle: { modelId: 'run-1' } },
      regression: { passed: true, drop: '-0.05' },
    })
    const { entries } = await readHistory(models)
    const decision = entries.at(-1)?.decision
    expect(decision).toMatchObject({
      kind: 'promotion',
      policy_digest: result.policyDigest,
      code: 'better',
      gain: '0.05',
      candidate: { model_id: 'run-2', score: { macro_f1: 0.85 }, gates: [{}, {}, {}] },
      incumbent: { model_id: 'run-1', score: { macro_f1: 0.8 } },
      eligible: 2,
      promotion: {
        outcome: 'published',
        published: { bundle_digest: result.published?.bundleDigest },
        regression: { drop: '-0.05' },
        champion: { source: 'active', model_id: 'run-1' },
      },
    })
    expect(JSON.stringify(decision).length).toBeLessThan(8000)
  })

  it('keeps its documents byte for byte', async () => {
    const { base, models } = place()
    const text =
      '{ "created_at":"2026-03-01",\n\t"schema_hash": "8776f20dbb8f", "model_id": "run-1", "x": 1.50 }'
    const candidateDir = candidateIn(base, 'run-1', {
      files: { 'metadata.json': text, 'notes.md': '# hi\n' },
    })
    await promote({ candidateDir, modelsDir: models })
    expect(readFileSync(join(models, 'run-1', 'metadata.json'), 'utf8')).toBe(text)
    expect(seen(join(models, 'run-1'))).toEqual([
      'manifest.json',
      'metadata.json',
      'metrics.json',
      'model.txt',
      'notes.md',
    ])
  })

  it('keeps the name of its directory when no id is stated, and is published under the one that is asked for', async () => {
    const { base, models } = place()
    const named = await promote({ candidateDir: writeBundle(base, 'churn-2026-05'), modelsDir: models })
    expect(named.candidate).toMatchObject({ modelId: 'churn-2026-05', generatedId: false })
    const candidateDir = writeBundle(base, 'another')
    const asked = await promote({ candidateDir, modelsDir: models, as: 'mine', again: true })
    expect(asked.candidate).toMatchObject({ modelId: 'mine', generatedId: false })
    const odd = await promote({
      candidateDir: writeBundle(base, 'not an id'),
      modelsDir: models,
      again: true,
    })
    expect(odd.candidate).toMatchObject({ generatedId: true })
    const ofARun = await promote({
      candidateDir: writeBundle(base, 'bundle'),
      modelsDir: models,
      again: true,
    })
    expect(ofARun.candidate).toMatchObject({ generatedId: true })
  })

  it.each([
    ['mine', { model_id: 'other' }],
    ['../up', {}],
    ['active.json', {}],
  ])('is not published as %s with %j', async (as, metadata) => {
    const { base, models } = place()
    const candidateDir = writeBundle(base, 'output', { metadata })
    await expect(promote({ candidateDir, modelsDir: models, as })).rejects.toMatchObject({
      code: 'candidate_invalid',
    })
    await expect(publishBundle({ candidateDir, modelsDir: models, as })).rejects.toMatchObject({
      code: 'candidate_invalid',
    })
  })

  it('is refused an id that is asked for and in use', async () => {
    const { base, models } = place()
    await promote({ candidateDir: writeBundle(base, 'one'), modelsDir: models, as: 'mine' })
    const candidateDir = writeBundle(base, 'two', { metrics: { macro_f1: 0.99 } })
    await expect(promote({ candidateDir, modelsDir: models, as: 'mine' })).rejects.toMatchObject({
      code: 'id_taken',
    })
  })

  it('is given an id when it has none, never one in use', async () => {
    const { base, models } = place()
    const candidateDir = writeBundle(base, 'an output')
    const now = at('2026-04-01T09:08:07.654Z')
    const ids = new Set<string>()
    for (let i = 0; i < 5; i++) {
      const { candidate, published } = await promote({ candidateDir, modelsDir: models, now, again: true })
      expect(candidate).toMatchObject({ generatedId: true, modelId: published?.modelId })
      expect(candidate.modelId).toMatch(/^2026-04-01_090807_run-\d{4}$/)
      ids.add(candidate.modelId)
    }
    expect(ids.size).toBe(5)
    expect(await expectWhole(models)).toEqual([...ids].sort())
  })
})

describe('a candidate that is refused', () => {
  it.each([
    ['acceptance_pass', { acceptance_pass: false }, 'not_equal'],
    ['acceptance_pass', { acceptance_pass: undefined }, 'metric_absent'],
    ['breakidle_precision', { breakidle_precision: 0.9499 }, 'below_min'],
    ['min_class_precision', { min_class_precision: 0.49 }, 'below_min'],
  ])('fails the gate %s with %j', async (metric, metrics, code) => {
    const { base, models, rejected } = place()
    const result = await promote({ candidateDir: candidateIn(base, 'run-1', { metrics }), modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'gate', code, reasons: [{ code, metric }] },
      rejectedDir: join(rejected, 'run-1'),
    })
    expect(result.champion).toBeUndefined()
    expect(seen(models)).toEqual([])
    const kept: unknown = JSON.parse(readFileSync(join(rejected, 'run-1', 'rejection.json'), 'utf8'))
    expect(promotionResultSchema.parse(kept)).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'gate' },
    })
    expect(seen(join(rejected, 'run-1'))).toEqual([
      'metadata.json',
      'metrics.json',
      'model.txt',
      'rejection.json',
    ])
  })

  it('gets every reason at once', async () => {
    const { base, models } = place()
    const metrics = { acceptance_pass: false, breakidle_precision: 0.1, min_class_precision: 0.1 }
    const result = await promote({
      candidateDir: candidateIn(base, 'run-1', { metrics }),
      modelsDir: models,
      requirement: { schemas: [{ hash: 'other' }], labelSet: ['Other'] },
    })
    expect(result.rejection?.reasons.map(({ code }) => code)).toEqual([
      'schema_hash_mismatch',
      'label_set_mismatch',
      'not_equal',
      'below_min',
      'below_min',
    ])
    expect(result.rejection?.stage).toBe('incompatible')
  })

  it('is more than the tolerance below the champion', async () => {
    const { base, models, rejected } = place()
    await promote({ candidateDir: scored(base, 'run-1', 0.87), modelsDir: models })
    const result = await promote({ candidateDir: scored(base, 'run-2', 0.8499), modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'regression', code: 'regressed' },
      regression: { drop: '0.0201', champion: 0.87, candidate: 0.8499 },
    })
    expect([seen(rejected), activeId(models)]).toEqual([['run-2'], 'run-1'])
  })

  it('was measured on another evaluation set, where the policy asks for the same', async () => {
    const { base, models } = place()
    const metrics = { eval_dataset_id: 'a' }
    await promote({ candidateDir: candidateIn(base, 'run-1', { metrics }), modelsDir: models })
    const candidateDir = scored(base, 'run-2', 0.95, { metrics: { eval_dataset_id: 'b' } })
    const policy = { ...DEFAULT_POLICY, same_eval_dataset: true }
    expect(await promote({ candidateDir, modelsDir: models, policy })).toMatchObject({
      outcome: 'rejected',
      rejection: { code: 'not_like_for_like' },
    })
    expect(await promote({ candidateDir, modelsDir: models })).toMatchObject({
      outcome: 'promoted',
      warnings: [{ code: 'eval_dataset_differs' }],
    })
  })

  it('is refused many times; each is kept, and no reason is published later', async () => {
    const { base, models, rejected } = place()
    const candidateDir = candidateIn(base, 'run-1', { metrics: { acceptance_pass: false } })
    mkdirSync(rejected)
    writeFileSync(join(rejected, 'run-1-2'), 'a file in the way')
    for (const name of ['run-1', 'run-1-3', 'run-1-4']) {
      const { rejectedDir } = await promote({ candidateDir, modelsDir: models })
      expect(rejectedDir).toBe(join(rejected, name))
    }
    const again = await promote({
      candidateDir: join(rejected, 'run-1-3'),
      modelsDir: models,
      policy: UNGATED_POLICY,
    })
    expect(again.outcome).toBe('promoted')
    expect(seen(join(models, 'run-1'))).not.toContain('rejection.json')
    await expectWhole(models)
  })

  it('stays refused when it cannot be kept', async () => {
    const { base, models, rejected } = place()
    writeFileSync(rejected, 'a file where the directory should be')
    const candidateDir = candidateIn(base, 'run-1', { metrics: { acceptance_pass: false } })
    const result = await promote({ candidateDir, modelsDir: models })
    expect(result).toMatchObject({ outcome: 'rejected', warnings: [{ code: 'rejected_not_kept' }] })
    expect(result.rejectedDir).toBeUndefined()
  })
})

describe('hysteresis', () => {
  it('publishes at a drop of exactly the tolerance, and the champion stays', async () => {
    const { base, models } = place()
    expect(0.87 - 0.85 <= 0.02).toBe(false)
    await promote({ candidateDir: scored(base, 'run-1', 0.87), modelsDir: models })
    const result = await promote({ candidateDir: scored(base, 'run-2', 0.85), modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'published',
      regression: { passed: true, drop: '0.02' },
      selection: { decision: { switch: false, code: 'same_model' } },
      activeModelId: 'run-1',
    })
    expect(result.switch).toBeUndefined()
    expect([activeId(models), seen(models)]).toEqual([
      'run-1',
      ['active.json', 'active_history.jsonl', 'index.json', 'run-1', 'run-2'],
    ])
  })

  it('switches at a gain of exactly the minimum; a little less is published only', async () => {
    const { base, models } = place()
    const policy = { ...DEFAULT_POLICY, min_improvement: 0.5 }
    await promote({ candidateDir: scored(base, 'run-1', 0.8), modelsDir: models, policy })
    const ask = { modelsDir: models, policy, minImprovement: 0.05 }
    expect(await promote({ ...ask, candidateDir: scored(base, 'run-2', 0.8499) })).toMatchObject({
      outcome: 'published',
      selection: { decision: { code: 'gain_too_small', gain: '0.0499', required: '0.05' } },
    })
    expect(activeId(models)).toBe('run-1')
    expect(await promote({ ...ask, candidateDir: scored(base, 'run-3', 0.85) })).toMatchObject({
      outcome: 'promoted',
      selection: { decision: { code: 'better', gain: '0.05' } },
    })
  })

  it('finds that another model than the candidate should take over', async () => {
    const { base, models } = place()
    await promote({ candidateDir: scored(base, 'run-1', 0.8), modelsDir: models })
    writeBundle(models, 'run-better', { metrics: { macro_f1: 0.95 } })
    const result = await promote({ candidateDir: scored(base, 'run-2', 0.85), modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'published',
      activeModelId: 'run-better',
      switch: { revision: 2 },
    })
    expect(result.switch?.pointer.bundle_digest).not.toBe(result.published?.bundleDigest)
    expect(toPromotionJson(result).switch).toMatchObject({ model_id: 'run-better', from: 'run-1' })
  })

  it('does not bring back a model withdrawn by a rollback', async () => {
    const { base, models } = place()
    await promote({ candidateDir: scored(base, 'run-1', 0.8), modelsDir: models })
    await promote({ candidateDir: scored(base, 'run-2', 0.9), modelsDir: models })
    await rollbackActive(models)
    const result = await promote({ candidateDir: scored(base, 'run-3', 0.81), modelsDir: models })
    expect(result).toMatchObject({ outcome: 'promoted', champion: { bundle: { modelId: 'run-1' } } })
    rmSync(join(models, 'active.json'))
    const next = await promote({ candidateDir: scored(base, 'run-4', 0.82), modelsDir: models })
    expect(next).toMatchObject({ champion: { source: 'best', bundle: { modelId: 'run-3' } } })
  })
})

describe('a dry run', () => {
  it('says what would happen, and changes nothing', async () => {
    const { base, models, rejected } = place()
    await promote({ candidateDir: scored(base, 'run-1', 0.8), modelsDir: models })
    const before = [seen(models), readFileSync(join(models, 'active.json'), 'utf8')]
    const dry = { modelsDir: models, dryRun: true }
    expect(await promote({ ...dry, candidateDir: scored(base, 'run-2', 0.9) })).toMatchObject({
      outcome: 'dry_run',
      dryRun: true,
      selection: { decision: { switch: true, code: 'better', gain: '0.1' } },
      activeModelId: 'run-1',
    })
    expect(await promote({ ...dry, candidateDir: scored(base, 'run-3', 0.79) })).toMatchObject({
      outcome: 'dry_run',
      selection: { decision: { switch: false, code: 'same_model' } },
    })
    const refused = await promote({ ...dry, candidateDir: scored(base, 'run-4', 0.5) })
    expect(refused).toMatchObject({ outcome: 'rejected', dryRun: true, rejection: { code: 'regressed' } })
    const taken = promote({ ...dry, candidateDir: scored(base, 'run-1', 0.9) })
    expect((await errorOf(taken)).code).toBe('id_taken')
    expect([seen(models), readFileSync(join(models, 'active.json'), 'utf8')]).toEqual(before)
    expect(existsSync(rejected)).toBe(false)
  })

  it('has nothing active for the first model', async () => {
    const { base, models } = place()
    const result = await promote({
      candidateDir: scored(base, 'run-1', 0.8),
      modelsDir: models,
      dryRun: true,
    })
    expect(result).toMatchObject({ outcome: 'dry_run', selection: { decision: { code: 'no_incumbent' } } })
    expect(seen(models)).toEqual([])
  })
})

describe('what cannot be asked', () => {
  it.each([
    { policy: { ...DEFAULT_POLICY, min_improvement: -1 } },
    { policy: { ...DEFAULT_POLICY, gates: [{ metric: 'macro_f1', min: Number.NaN }] } },
    { minImprovement: Number.NaN },
  ])('is refused before anything is touched: %j', async (ask) => {
    const { base, models } = place()
    const error = await errorOf(
      promote({ candidateDir: scored(base, 'run-1', 0.9), modelsDir: models, ...ask }),
    )
    expect(error.code).toBe('invalid_policy')
    expect(error.details.violations).not.toEqual([])
    expect(seen(models)).toEqual([])
  })

  it('needs a models dir', async () => {
    const { base } = place()
    const attempt = promote({ candidateDir: scored(base, 'run-1', 0.9), modelsDir: join(base, 'none') })
    await expect(attempt).rejects.toMatchObject({ code: 'models_dir_missing' })
  })
})

describe('the index', () => {
  it('is refreshed once the switch is done, and its failure changes nothing', async () => {
    const { base, models } = place()
    const found: (string | undefined)[] = []
    const result = await promote({
      candidateDir: scored(base, 'run-1', 0.9),
      modelsDir: models,
      refreshIndex: async (dir) => {
        found.push(lookAtModelsDir(dir).root, activeId(models))
        throw new Error('disk full')
      },
    })
    expect(found).toEqual([models, 'run-1'])
    expect(result).toMatchObject({ outcome: 'promoted', warnings: [{}, { code: 'index_not_refreshed' }] })
    const quiet = await promote({
      candidateDir: scored(base, 'run-2', 0.9),
      modelsDir: models,
      refreshIndex: false,
    })
    expect(quiet.warnings).toEqual([])
  })
})

it('returns every result as its schema says', async () => {
  const { base, models } = place()
  const json = async (id: string, macro: number, more = {}) =>
    promotionResultSchema.parse(
      toPromotionJson(await promote({ candidateDir: scored(base, id, macro), modelsDir: models, ...more })),
    )
  expect((await json('run-1', 0.8, { actor: 'ci' })).outcome).toBe('promoted')
  expect((await json('run-2', 0.79)).outcome).toBe('published')
  expect((await json('run-3', 0.5)).outcome).toBe('rejected')
  expect((await json('run-4', 0.9, { dryRun: true })).outcome).toBe('dry_run')
  expect((await json('run-5', 0.1, { ignoreChampion: true })).champion).toEqual({ status: 'ignored' })
  expect((await json('run-6', 0.9, { requirement: { schemas: [{ hash: 'x' }] } })).rejection).toMatchObject({
    stage: 'incompatible',
  })
  const policy = { ...DEFAULT_POLICY, rank_by: [{ metric: 'top_3', order: 'desc' as const }] }
  expect((await json('run-7', 0.9, { policy })).rejection).toMatchObject({ stage: 'metrics' })
  const { min_improvement: _, regression_tolerance: __, ...rest } = DEFAULT_POLICY
  const newest = { ...rest, rank_by: [{ field: 'created_at' as const, order: 'desc' as const }] }
  expect((await json('run-8', 0.1, { policy: newest })).regression).toEqual({
    passed: true,
    code: 'not_compared',
    message: expect.any(String),
    like_for_like: true,
  })
})
