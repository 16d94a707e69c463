import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyCheck } from '@taskclf/documents'
import { copyDemoModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

type Checked = PolicyCheck & { notes: { level: string; code: string; message: string }[] }

/** Three models: two with auc, one of them with a loss, one that is not valid. */
function registry(policy: object) {
  const dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'run-1', { metrics: { auc: 0.9, log_loss: 0.3 } })
  writeBundle(models, 'run-2', { metrics: { auc: 0.8, log_loss: '0.2' } })
  writeBundle(models, 'run-3', { files: { 'metrics.json': '{' } })
  writeFileSync(join(dir, 'policy.json'), JSON.stringify({ regression_tolerance: 0.02, ...policy }))
  return dir
}

const check = (cwd: string, ...args: string[]) =>
  taskclf<Checked>(['policy', 'check', ...args, '--json'], { cwd })

describe('policy check beside a models dir', () => {
  it('takes the name of a preset for the preset', async () => {
    const { code, json } = await check(registry({}), 'latest')
    expect([code, json.valid, json.file]).toEqual([0, true, 'latest'])
  })

  it('counts, metric by metric, how many bundles have it', async () => {
    const rank_by = [
      { metric: 'auc', order: 'desc' },
      { metric: 'log_loss', order: 'asc', optional: true },
    ]
    const gates = [
      { metric: 'auc', min: 0.5 },
      { metric: 'auc', max: 1 },
      { metric: 'acceptance_pass', equals: true },
      { metric: 'latency', max: 3 },
    ]
    const { code, json } = await check(registry({ rank_by, gates }), 'policy.json')
    expect([code, json.valid]).toEqual([0, true])
    const rows = json.metrics?.map(({ metric, asked, optional, have, of }) => [
      metric,
      asked,
      optional,
      have,
      of,
    ])
    expect(rows).toEqual([
      ['auc', 'rank', false, 2, 2],
      ['log_loss', 'rank', true, 1, 2],
      ['auc', 'gate', false, 2, 2],
      ['acceptance_pass', 'gate', false, 2, 2],
      ['latency', 'gate', false, 0, 2],
    ])
    expect(json.notes).toMatchObject([{ level: 'warning', code: 'metric_absent' }])
  })

  it('refuses a policy by which nobody could be selected, with what the bundles have', async () => {
    const dir = registry({ gates: [], rank_by: [{ metric: 'acu', order: 'desc' }] })
    const { code, json } = await check(dir, 'policy.json')
    expect([code, json.valid]).toEqual([1, false])
    expect(json.violations).toMatchObject([{ at: 'rank_by[0].metric', nearest: 'auc' }])
    expect(json.notes).toMatchObject([{ level: 'error', code: 'metric_absent' }])
    const { stdout } = await taskclf(['policy', 'check', 'policy.json'], { cwd: dir })
    expect(stdout).toContain('auc')
    expect(stdout).not.toContain('is a valid policy')
  })

  it('proposes to write a policy where nothing is near', async () => {
    const dir = registry({ gates: [], rank_by: [{ metric: 'ndcg', order: 'desc' }] })
    const { json } = await check(dir, 'policy.json')
    expect(json.violations[0]).not.toHaveProperty('nearest')
    expect(json.violations[0]?.message).toContain('policy init')
  })

  it('checks, without a file, the policy that would apply', async () => {
    const dir = registry({ gates: [], rank_by: [{ metric: 'auc', order: 'desc' }] })
    expect((await check(dir)).json).toMatchObject({ file: 'default', valid: true, violations: [] })
    expect((await check(dir, '--policy', 'policy.json')).json).toMatchObject({
      valid: true,
      metrics: [{ metric: 'auc' }],
    })
    writeFileSync(join(dir, 'broken.json'), '{"extends":"default","gates":7}')
    expect((await check(dir, '--policy', 'broken.json')).json).toMatchObject({
      valid: false,
      violations: [{ at: 'gates' }],
      metrics: null,
    })
    expect((await check(dir, 'policy.json', '--policy', 'default')).code).toBe(2)
  })

  it('looks at no bundles where there is no models dir, unless one is named', async () => {
    const dir = scratchDir()
    writeFileSync(
      join(dir, 'policy.json'),
      '{"gates":[],"rank_by":[{"metric":"acu","order":"desc"}],"regression_tolerance":0}',
    )
    expect((await check(dir, 'policy.json')).json).toMatchObject({
      valid: true,
      models_dir: null,
      metrics: null,
    })
    expect((await check(dir, 'policy.json', '--models-dir', 'none')).code).toBe(3)
    copyDemoModels(dir)
    expect((await check(dir, 'policy.json')).code).toBe(1)
  })

  it('warns where the order contradicts the name', async () => {
    const rank_by = [
      { metric: 'auc', order: 'asc' },
      { metric: 'log_loss', order: 'desc', optional: true },
      { field: 'created_at', order: 'asc' },
    ]
    const { code, json } = await check(registry({ gates: [], rank_by }), 'policy.json')
    expect(code).toBe(0)
    expect(json.notes.map((note) => note.code)).toEqual(['order_contradicts_name', 'order_contradicts_name'])
  })
})
