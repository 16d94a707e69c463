import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleChecks } from '@taskclf/registry-core'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { type Finding, openRegistry, worstFirst } from '../src/index.js'
import { opened } from './support.js'

const codes = (findings: readonly Finding[]) => findings.map(({ level, code }) => `${level} ${code}`)

const NOTES = ['note no_schema_hash', 'note missing_optional']

describe('examine', () => {
  it('finds nothing to surprise anybody in a sound registry, and writes nothing', async () => {
    const { registry } = await opened()
    await registry.activateBest()
    const { findings, loaded } = await registry.examine()
    expect(codes(findings)).toEqual(expect.arrayContaining(NOTES))
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([])
    expect(loaded.map(({ modelId }) => modelId).sort()).toEqual(['run-a', 'run-b', 'run-c'])
  })

  it('reports a damaged active model first, with what to do', async () => {
    const { registry, models } = await opened()
    await registry.activate('run-b')
    writeFileSync(join(models, 'run-a', 'metrics.json'), '{')
    appendFileSync(join(models, 'run-b', 'model.txt'), 'changed\n')
    const { findings } = await registry.examine()
    expect(codes(findings).slice(0, 2)).toEqual(['error integrity_mismatch', 'warning invalid_bundle'])
    expect(findings[0]).toMatchObject({ models: ['run-b'], advice: expect.stringContaining('rollback') })
  })

  it('reports a pointer that cannot be read, and one whose model is gone', async () => {
    const { registry, models } = await opened()
    await registry.activate('run-b')
    rmSync(join(models, 'run-b'), { recursive: true })
    expect(codes((await registry.examine()).findings)).toContain('error active_bundle_missing')
    writeFileSync(join(models, 'active.json'), '{')
    expect(codes((await registry.examine()).findings)).toContain('error pointer_corrupt')
  })

  it('loads models with the checks of the registry, and tells which', async () => {
    const checks: BundleChecks = {
      check: async ({ modelId }) =>
        modelId === 'run-a' ? { status: 'failed', code: 'load_failed', message: 'no' } : { status: 'passed' },
    }
    const { registry } = await opened({ checks })
    const seen: string[] = []
    const { findings } = await registry.examine({
      onProgress: (id, at, of) => seen.push(`${id} ${at}/${of}`),
    })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'load_failed', models: ['run-a'] }))
    expect(seen).toHaveLength(3)
  })

  it('lists what bundles lack, for each who uses them', async () => {
    const rank_by = ['macro_f1', 'AUC'].map((metric) => ({ metric, order: 'desc' as const }))
    const policy = { ...DEFAULT_POLICY, gates: [], rank_by }
    const { registry, models } = await opened({ policy })
    const churn = { macro_f1: undefined, weighted_f1: undefined, breakidle_precision: undefined }
    for (const id of ['churn-1', 'churn-2']) {
      writeBundle(models, id, {
        metadata: { label_set: undefined },
        metrics: { ...churn, auc: 0.8 },
        files: { 'model.txt': null, 'model.onnx': 'graph' },
      })
    }
    const of = async (pythonInterop = false) =>
      (await registry.examine({ pythonInterop })).findings.flatMap(
        ({ code, consumer, message, models: ids, advice }) =>
          consumer === undefined ? [] : [{ code, consumer, message, ids, advice }],
      )
    const lacking = [
      expect.objectContaining({ message: '2 models lack what the policy requires: macro_f1, AUC' }),
      expect.objectContaining({ message: '3 models lack what the policy requires: AUC' }),
    ]
    expect(await of()).toEqual(lacking)
    const [first] = await of()
    expect(first).toMatchObject({ code: 'policy_cannot_use', ids: ['churn-1', 'churn-2'] })
    expect(first?.advice).toContain('they have auc: was that meant by AUC?')
    const beside = await of(true)
    expect(beside.slice(0, 2)).toEqual(lacking)
    const python = beside.find(({ code, ids }) => code === 'python_cannot_read' && ids?.[0] === 'churn-1')
    expect(python?.message).toMatch(/label_set.*macro_f1.*model\.txt/)
  })

  it('misses a confusion matrix of classifiers alone', async () => {
    const { registry, models } = await opened()
    writeBundle(models, 'flats', {
      metadata: { label_set: undefined, task: 'regression' },
      metrics: { rmse: 4 },
    })
    const { findings } = await registry.examine()
    const parts = (id: string) =>
      findings.find(({ code, models: ids }) => code === 'missing_optional' && ids?.includes(id))?.message
    expect(parts('run-a')).toContain('confusion_matrix')
    expect(parts('flats')).not.toContain('confusion_matrix')
  })

  it('looks at runs only where it is given their place', async () => {
    const { registry } = await opened()
    const runsDir = join(scratchDir(), 'runs')
    mkdirSync(join(runsDir, 'run-x'), { recursive: true })
    expect(codes((await registry.examine({ runsDir })).findings)).toContain('note damaged_run')
    expect(codes((await registry.examine()).findings)).not.toContain('note damaged_run')
  })

  it('reports runs and private directories that cannot be read', async () => {
    const { registry, models } = await opened()
    const runsDir = join(scratchDir(), 'runs')
    writeFileSync(runsDir, 'a file')
    mkdirSync(join(models, '.taskclf'))
    writeFileSync(join(models, '.taskclf', 'active.lock'), '')
    const { findings } = await registry.examine({ runsDir })
    expect(findings).toContainEqual(expect.objectContaining({ level: 'warning', code: 'store_failed' }))
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        code: 'unreadable',
        message: expect.stringContaining('active.lock'),
      }),
    )
  })

  it('reports an empty models dir as an error', async () => {
    const models = join(scratchDir(), 'models')
    mkdirSync(models)
    const { findings } = await (await openRegistry(models)).examine()
    expect(codes(findings)[0]).toBe('error no_bundles')
  })
})

it('orders findings by what matters, and keeps the order of those of one level', () => {
  const of = (level: Finding['level'], code: string): Finding => ({ level, code, message: '', advice: '' })
  const mixed = [of('note', 'a'), of('error', 'b'), of('warning', 'c'), of('error', 'd')]
  expect(worstFirst(mixed).map(({ code }) => code)).toEqual(['b', 'd', 'c', 'a'])
})
