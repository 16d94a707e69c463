import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { openRegistry } from '../src/index.js'
import { opened } from './support.js'

const RMSE = {
  version: 1,
  gates: [{ metric: 'rmse', max: 5 }],
  rank_by: [{ metric: 'rmse', order: 'asc' }],
  min_improvement: 0,
  regression_tolerance: 0.1,
  same_eval_dataset: false,
} as const

describe('report', () => {
  it('reports what serves, its place, its nearest rival, every model and every switch', async () => {
    const { registry, models } = await opened({ actor: 'ci' })
    await registry.activate('run-a')
    await registry.activateBest()
    writeBundle(models, 'run-d', { metrics: { acceptance_pass: false } })
    writeBundle(models, 'run-e', { files: { 'metrics.json': '{' } })
    const report = await registry.report()
    expect(report.serving).toMatchObject({
      state: 'good',
      problem: null,
      active: 'run-c',
      serves: 'run-c',
      refusal: null,
      switch: { actor: 'ci', revision: 2, previous_model_id: 'run-a' },
      today: { rank: 1, of: 3 },
      rival: { modelId: 'run-b', metric: 'macro_f1', theirs: 0.81, its: 0.82, gap: '0.01', ahead: false },
    })
    expect(report.metrics.map(({ name, order, better }) => [name, order, better])).toEqual([
      ['macro_f1', 'desc', 'higher'],
      ['weighted_f1', 'desc', 'higher'],
      ['acceptance_pass', null, null],
      ['breakidle_precision', null, 'higher'],
      ['min_class_precision', null, 'higher'],
    ])
    expect(report.models.map(({ modelId, rank, exclusion }) => [modelId, rank ?? exclusion?.code])).toEqual([
      ['run-c', 1],
      ['run-b', 2],
      ['run-a', 3],
      ['run-d', 'not_equal'],
      ['run-e', 'malformed_json'],
    ])
    expect(report.models[0]).toMatchObject({ active: true, valid: true, task: 'classification' })
    expect(report.models[3]?.metrics).toMatchObject({ macro_f1: 0.9, acceptance_pass: false })
    expect(report.history.map(({ model_id, metrics }) => [model_id, metrics.macro_f1])).toEqual([
      ['run-c', 0.82],
      ['run-a', 0.8],
    ])
    expect(report.history[0]?.words[0]).toMatch(/^run-c was made active/)
  })

  it('names the best as rival where the active model is not the best', async () => {
    const { registry } = await opened()
    await registry.activate('run-a')
    expect((await registry.report()).serving.rival).toMatchObject({
      modelId: 'run-c',
      theirs: 0.82,
      its: 0.8,
      ahead: true,
    })
  })

  it('reports a regressor: lower is better, and no classes', async () => {
    const models = join(scratchDir(), 'models')
    for (const [id, rmse] of [['r1', 4] as const, ['r2', 3] as const, ['r3', 9] as const])
      writeBundle(models, id, {
        files: {
          'metadata.json': '{"created_at":"2026-03-01T00:00:00Z","task":"regression"}',
          'metrics.json': JSON.stringify({ rmse }),
        },
      })
    const registry = await openRegistry(models, { policy: RMSE })
    await registry.activateBest()
    const { metrics, serving, models: shown } = await registry.report()
    expect(metrics).toEqual([{ name: 'rmse', order: 'asc', better: 'lower', bounds: [{ max: 5 }] }])
    expect(serving).toMatchObject({ serves: 'r2', classes: [], rival: { modelId: 'r1', gap: '1' } })
    expect(shown.map(({ modelId, rank }) => [modelId, rank])).toEqual([
      ['r2', 1],
      ['r1', 2],
      ['r3', null],
    ])
  })

  it('lists the classes of the model that serves in the order of its labels', async () => {
    const figures = { precision: 0.9, recall: 0.8, f1: 0.85, support: 10 }
    const models = join(scratchDir(), 'models')
    writeBundle(models, 'a', {
      metadata: { label_set: ['10', '9'] },
      metrics: { per_class: { 9: figures, 10: { ...figures, f1: 0.5 } } },
    })
    const { serving } = await (await openRegistry(models)).report()
    expect(serving).toMatchObject({ state: 'absent', active: null, serves: 'a', rival: null })
    expect(serving.classes.map(({ label, f1 }) => [label, f1])).toEqual([
      ['10', 0.5],
      ['9', 0.85],
    ])
  })

  it('says what is wrong with the pointer, and whether anything serves', async () => {
    const { registry, models } = await opened()
    await registry.activateBest()
    rmSync(join(models, 'run-c'), { recursive: true })
    expect((await registry.report()).serving).toMatchObject({
      state: 'missing',
      problem: { code: 'active_bundle_missing' },
      active: 'run-c',
      serves: 'run-b',
    })
    writeFileSync(join(models, 'active.json'), '{')
    expect((await registry.report()).serving).toMatchObject({
      state: 'broken',
      problem: { code: 'pointer_corrupt' },
      active: null,
      serves: null,
      refusal: { code: 'pointer_corrupt' },
    })
  })

  it('reports an empty registry', async () => {
    const models = scratchDir()
    const { serving, models: none, history } = await (await openRegistry(models)).report()
    expect([serving.state, serving.serves, none, history]).toEqual(['absent', null, [], []])
    expect(serving.refusal?.code).toBe('no_eligible_model')
  })
})
