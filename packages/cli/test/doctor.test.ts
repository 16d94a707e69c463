import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Doctor, Finding } from '@taskclf/documents'
import { acquireLock, currentProcess, nameOfOwner, newLockOwner } from '@taskclf/durable-fs'
import {
  copyDemoModels,
  copyRegistryModels,
  metadataOf,
  metricsOf,
  SPLIT_MODEL,
  scratchDir,
  writeBundle,
} from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const BEST = '2026-03-02_031009_run-8935'

function demo(): { dir: string; models: string } {
  const dir = scratchDir()
  return { dir, models: copyDemoModels(dir) }
}

async function examine(dir: string, args: string[] = [], env: Record<string, string> = {}) {
  const { code, json } = await taskclf<Doctor>(['doctor', ...args, '--json'], { cwd: dir, env })
  const levels = json.findings.map(({ level }) => level)
  const order: Finding['level'][] = ['error', 'warning', 'note']
  expect(levels).toEqual([...levels].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
  expect(json.ok).toBe(code === 0)
  return { code, of: (wanted: string) => json.findings.find((finding) => finding.code === wanted) }
}

describe('doctor', () => {
  it('has nothing but notes on a sound registry', async () => {
    const { dir } = demo()
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const { code, of } = await examine(dir)
    expect(code).toBe(0)
    expect(of('no_schema_hash')?.level).toBe('note')
    // Nobody here has the Python project.
    expect(of('python_cannot_read')).toBeUndefined()
    expect(of('missing_optional')?.message).toContain('manifest.json')
    writeFileSync(join(dir, 'taskclf.config.json'), '{"python_interop":true}')
    const beside = (await examine(dir)).of('python_cannot_read')
    expect([beside?.consumer, beside?.models?.length]).toEqual(['python', 7])
    rmSync(join(dir, 'taskclf.config.json'))
    expect((await examine(dir, ['--schema-hash', '8776f20dbb8f'])).of('no_schema_hash')).toBeUndefined()
    const { stdout } = await taskclf(['doctor'], { cwd: dir, columns: 80 })
    expect(stdout).toContain('and 2 more')
    expect(stdout).toContain('0 errors, 0 warnings')
  })

  it('blames the gate, and proposes a policy of their own for bundles that lack its metrics, never to ask for nothing', async () => {
    const dir = scratchDir()
    copyRegistryModels(dir)
    const { code, of } = await examine(dir)
    expect(code).toBe(1)
    expect(of('no_eligible_model')?.message).toMatch(/acceptance_pass.*12 of 12/)
    expect(of('no_eligible_model')?.advice).toContain('policy init')
    expect(of('no_eligible_model')?.advice).not.toMatch(/ungated|without gates/)
    expect(of('policy_cannot_use')).toMatchObject({ level: 'note', consumer: 'policy' })
    expect(of('policy_cannot_use')?.models).toHaveLength(12)
    expect(of('foreign_pointer')).toBeDefined()
    expect(of('active_ineligible')?.level).toBe('warning')
    expect(of('python_cannot_read')).toBeUndefined()
    expect((await examine(dir, ['--policy', 'ungated'])).code).toBe(0)
  })

  it('does not propose another policy where figures are stated and too low', async () => {
    const dir = scratchDir()
    writeBundle(join(dir, 'models'), 'low', { metrics: { breakidle_precision: 0.5 } })
    const { code, of } = await examine(dir)
    expect(code).toBe(1)
    expect(of('no_eligible_model')?.advice).not.toMatch(/ungated|policy init/)
    const other = await examine(dir, ['--policy', 'ungated', '--schema-hash', 'none'])
    expect(other.of('no_eligible_model')?.message).toContain('no gate is to blame')
  })

  it('names directories that have nothing of a bundle, once', async () => {
    const { dir, models } = demo()
    for (const name of ['lost+found', '@eaDir']) mkdirSync(join(models, name))
    const { code, of } = await examine(dir)
    expect(code).toBe(0)
    expect(of('not_a_bundle')?.message).toContain('2 directories of the models dir')
    expect(of('not_a_bundle')?.message).toContain('@eaDir, lost+found')
    expect(of('invalid_bundle')).toBeUndefined()
  })

  it('names invalid bundles and missing keys', async () => {
    const dir = scratchDir()
    const models = join(dir, 'models')
    writeBundle(models, 'bad', { files: { 'metadata.json': '{' } })
    const { label_set: _, ...metadata } = metadataOf()
    writeBundle(models, 'bare', { files: { 'metadata.json': JSON.stringify(metadata) } })
    writeBundle(models, 'rich', { metrics: metricsOf({ eval_dataset_id: 'x' }) })
    const { of } = await examine(dir)
    expect(of('invalid_bundle')?.models).toEqual(['bad'])
    expect(of('missing_optional')?.message).toContain('manifest.json')
    expect(of('policy_cannot_use')).toBeUndefined()
    const bound = await examine(dir, ['--label-set', 'BreakIdle,Build'])
    expect(bound.of('policy_cannot_use')).toMatchObject({
      message: '1 model lacks what the policy requires: label_set',
      models: ['bare'],
    })
  })

  it('names models that infer cannot load, where it loads others', async () => {
    const dir = scratchDir()
    const models = join(dir, 'models')
    writeBundle(models, 'graph', { files: { 'model.txt': null, 'model.onnx': 'graph' } })
    expect((await examine(dir)).of('infer_cannot_load')).toBeUndefined()
    writeBundle(models, 'trees', { model: SPLIT_MODEL })
    const { of } = await examine(dir)
    expect(of('infer_cannot_load')).toMatchObject({ level: 'note', consumer: 'infer', models: ['graph'] })
    expect(of('python_cannot_read')).toBeUndefined()
  })

  it('names models whose way with missing numbers nobody said', async () => {
    const dir = scratchDir()
    const models = join(dir, 'models')
    writeBundle(models, 'silent', { model: SPLIT_MODEL })
    writeBundle(models, 'stated', {
      model: SPLIT_MODEL,
      metadata: { preprocessing: { missing_numeric: 'zero' }, reject_threshold: null },
    })
    writeBundle(models, 'indifferent')
    writeBundle(models, 'damaged', { model: 'tree\n' })
    const { of } = await examine(dir)
    expect(of('missing_rule_assumed')).toMatchObject({ level: 'note', models: ['silent'] })
    expect(of('reject_threshold_assumed')).toBeUndefined()
    writeFileSync(join(dir, 'taskclf.config.json'), '{"python_interop":true}')
    const beside = await examine(dir)
    expect(beside.of('missing_rule_assumed')?.models).toEqual(['silent'])
    expect(beside.of('reject_threshold_assumed')?.models).toEqual(['damaged', 'indifferent', 'silent'])
  })

  it('finds a pointer that is broken, or names nothing usable', async () => {
    const { dir, models } = demo()
    expect((await examine(dir)).of('no_pointer')?.level).toBe('note')
    writeFileSync(join(models, 'active.json'), '{')
    expect((await examine(dir)).of('pointer_corrupt')).toMatchObject({
      level: 'error',
      advice: 'taskclf infer resolve --repair writes one by the policy',
    })
    rmSync(join(dir, 'models', 'active.json'))
    mkdirSync(join(dir, 'models', 'active.json'))
    expect((await examine(dir)).of('pointer_corrupt')?.advice).toMatch(/^move it away; then/)
    rmSync(join(dir, 'models', 'active.json'), { recursive: true })
    const gone = {
      model_dir: 'models/gone',
      model_id: 'gone',
      selected_at: '2026-01-01T00:00:00Z',
      policy_version: 1,
    }
    writeFileSync(join(models, 'active.json'), JSON.stringify(gone))
    const { code, of } = await examine(dir)
    expect([code, of('active_bundle_missing')?.models]).toEqual([1, ['gone']])
    writeFileSync(join(models, 'active.json'), JSON.stringify(gone).replaceAll('gone', BEST))
    writeFileSync(join(models, BEST, 'metrics.json'), '{"macro_f1":2}')
    expect((await examine(dir)).of('active_bundle_invalid')?.message).toContain('macro_f1')
  })

  it('finds an active model of another feature schema, with which nothing starts', async () => {
    const { dir } = demo()
    writeFileSync(join(dir, 'taskclf.config.json'), '{"version":1,"schema_hash":"ffffffffffff"}')
    await taskclf(['model', 'set-active', '--model-id', BEST, '--force'], { cwd: dir })
    const { code, of } = await examine(dir)
    const found = of('active_bundle_incompatible')
    expect([code, found?.level, found?.models]).toEqual([1, 'error', [BEST]])
  })

  it('finds other writers, torn lines, leftovers and a held lock', async () => {
    const { dir, models } = demo()
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    appendFileSync(join(models, 'active_history.jsonl'), '{"torn')
    writeFileSync(join(models, 'inference_policy.json'), '{"model_dir":"models/other/"}')
    mkdirSync(join(models, '.taskclf', 'active.lock', 'host~m~b~n~42~s~t'), { recursive: true })
    mkdirSync(join(models, '.taskclf', 'active.lock.gone-x'))
    mkdirSync(join(models, '.staging-1'))
    const { code, of } = await examine(dir, [], {
      TASKCLF_MODEL_DIR: 'x',
      TASKCLF_QQQQQQQQQQ: 'y',
      HOME: '/',
    })
    expect(code).toBe(0)
    expect(of('torn_line')?.level).toBe('warning')
    expect(of('inference_policy_differs')?.message).toContain('other')
    expect(of('lock_foreign_owner')?.message).toContain('host pid 42')
    expect(of('leftovers')?.message).toContain('active.lock.gone-x')
    expect(of('hidden_entries')?.message).toContain('.staging-1')
    expect(of('unknown_variable')?.advice).toContain('TASKCLF_')
    writeFileSync(join(models, 'inference_policy.json'), JSON.stringify({ model_id: BEST }))
    expect((await examine(dir)).of('inference_policy_differs')).toBeUndefined()
    writeFileSync(join(models, 'inference_policy.json'), '[]')
    expect((await examine(dir)).of('inference_policy_differs')).toBeUndefined()
  })

  it('judges the holder of the lock', async () => {
    const { dir, models } = demo()
    const lockDir = join(models, '.taskclf', 'active.lock')
    mkdirSync(join(models, '.taskclf'))
    const lock = await acquireLock(lockDir)
    expect((await examine(dir)).of('lock_held')?.level).toBe('note')
    await lock.release()
    const dead = nameOfOwner(newLockOwner({ ...currentProcess(), pid: 4_000_000 }))
    mkdirSync(join(lockDir, dead), { recursive: true })
    expect((await examine(dir)).of('lock_abandoned')?.level).toBe('note')
    expect((await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })).code).toBe(0)
    mkdirSync(join(lockDir, 'what is this'), { recursive: true })
    expect((await examine(dir)).of('lock_held')?.message).toContain('what is this')
    rmSync(join(lockDir, 'what is this'), { recursive: true })
    const contained = nameOfOwner(newLockOwner({ ...currentProcess(), pidNamespace: '1' }))
    mkdirSync(join(lockDir, contained))
    expect((await examine(dir)).of('lock_held')?.message).toContain('container')
    rmSync(join(lockDir, contained), { recursive: true })
    const elsewhere = nameOfOwner(newLockOwner({ ...currentProcess(), host: 'other', boot: 'other' }))
    mkdirSync(join(lockDir, elsewhere))
    const { level, advice } = (await examine(dir)).of('lock_foreign_owner') ?? {}
    expect([level, advice?.includes(elsewhere)]).toEqual(['warning', true])
  })

  it('reports a pointer that no line of the history accounts for', async () => {
    const { dir, models } = demo()
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const foreign = {
      model_dir: `models/${BEST}`,
      model_id: BEST,
      selected_at: '2026-05-01T00:00:00Z',
      policy_version: 1,
    }
    writeFileSync(join(models, 'active.json'), JSON.stringify(foreign))
    expect((await examine(dir)).of('pointer_not_in_history')?.level).toBe('note')
  })
})
