import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelList, ModelSwitch, ModelWithdraw, TrainList } from '@taskclf/documents'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const POLICY = {
  version: 1,
  gates: [{ metric: 'auc', min: 0.7 }],
  rank_by: [{ metric: 'auc', order: 'desc' }],
  min_improvement: 0,
  regression_tolerance: 0.01,
}

/** Three models of one team, by an `auc` that the default policy has not heard of. */
function registry(): string {
  const dir = scratchDir()
  const models = join(dir, 'models')
  mkdirSync(models)
  for (const [id, auc] of [
    ['churn-1', 0.81],
    ['churn-2', 0.84],
    ['churn-3', 0.62],
  ] as const)
    writeBundle(models, id, { metrics: { auc, loss: 1 - auc } })
  writeFileSync(join(dir, 'policy.json'), JSON.stringify(POLICY))
  return dir
}

const list = async (dir: string, ...words: string[]) =>
  (await taskclf<ModelList>(['model', 'list', '--policy', 'policy.json', ...words, '--json'], { cwd: dir }))
    .json

describe('model list', () => {
  it('shows the metrics of the policy, the best first, and why one may not serve', async () => {
    const dir = registry()
    await taskclf(
      ['model', 'set-active', '--model-id', 'churn-1', '--policy', 'policy.json', '--unchecked'],
      { cwd: dir },
    )
    const { stdout } = await taskclf(['model', 'list', '--policy', 'policy.json'], { cwd: dir })
    const [header, ...rows] = stdout.trimEnd().split('\n')
    expect(header?.trim().split(/ +/)).toEqual(['model_id', 'created_at', 'auc', 'eligible'])
    expect(rows.map((row) => row.slice(0, 9))).toEqual(['  churn-2', '* churn-1', '  churn-3'])
    expect(rows[2]).toContain('no: auc')
  })

  it('orders by any metric, and shows the columns that are asked for', async () => {
    const dir = registry()
    const { bundles, columns } = await list(dir, '--sort', 'loss', '--ascending', '--columns', 'loss,auc')
    expect(columns).toEqual(['loss', 'auc'])
    expect(bundles.map(({ model_id }) => model_id)).toEqual(['churn-2', 'churn-1', 'churn-3'])
    expect(bundles[0]?.metrics).toEqual({ loss: 1 - 0.84, auc: 0.84 })
    const newest = await list(dir, '--sort', 'id', '--ascending')
    expect(newest.bundles.map(({ model_id }) => model_id)).toEqual(['churn-1', 'churn-2', 'churn-3'])
  })

  it('says that no bundle has the metric of a column', async () => {
    const found = await list(registry(), '--columns', 'acu')
    expect(found).toMatchObject({
      notes: [{ code: 'metric_absent', message: expect.stringContaining('acu') }],
    })
  })

  it('lists candidates as not promoted, each judged by itself', async () => {
    const dir = registry()
    writeBundle(join(dir, 'candidates'), 'churn-4', { metrics: { auc: 0.9 } })
    writeBundle(join(dir, 'candidates'), 'churn-5', { metrics: { auc: 0.1 } })
    const { bundles } = await list(dir, '--candidates', 'candidates', '--all')
    expect(
      bundles
        .filter(({ promoted }) => !promoted)
        .map(({ model_id, eligible, rank }) => [model_id, eligible, rank]),
    ).toEqual([
      ['churn-4', true, null],
      ['churn-5', false, null],
    ])
    const seed = await taskclf<TrainList>(['train', 'list', '--candidates', 'candidates', '--json'], {
      cwd: dir,
    })
    expect(seed.json.bundles.filter(({ promoted }) => !promoted)).toHaveLength(2)
  })

  it('says that the pointer cannot be used, when it marks no model', async () => {
    const dir = registry()
    writeFileSync(join(dir, 'models/active.json'), '{')
    expect(await list(dir)).toMatchObject({ notes: [{ level: 'warning', code: 'pointer_corrupt' }] })
  })

  it.each([
    [['--ascending'], '--ascending needs --sort'],
    [['--columns', 'a,,b'], 'names nothing'],
    [['--all', '--eligible'], 'exclude each other'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await taskclf(['model', 'list', ...words], { cwd: registry() })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('model withdraw and model readmit', () => {
  const run = (dir: string, ...words: string[]) =>
    taskclf<ModelWithdraw>(['model', ...words, '--json'], { cwd: dir })
  const activate = (dir: string, id: string) =>
    taskclf<ModelSwitch>(
      ['model', 'set-active', '--model-id', id, '--policy', 'policy.json', '--unchecked'],
      { cwd: dir },
    )

  it('keeps the active model, and has selection pass over the other until it is readmitted', async () => {
    const dir = registry()
    await activate(dir, 'churn-1')
    const { json } = await run(dir, 'withdraw', 'churn-2', '--reason', 'leaked labels')
    expect(json).toMatchObject({
      changed: true,
      active_model_id: 'churn-1',
      revision: 2,
      withdrawn: ['churn-2'],
    })
    expect((await list(dir)).bundles.find(({ model_id }) => model_id === 'churn-2')).toMatchObject({
      eligible: false,
    })
    const again = await run(dir, 'withdraw', 'churn-2', '--reason', 'leaked labels')
    expect(again.json).toMatchObject({ changed: false, revision: null, notes: [{ code: 'unchanged' }] })
    const back = await run(dir, 'readmit', 'churn-2')
    expect(back.json).toMatchObject({ changed: true, revision: 3, withdrawn: [] })
    expect((await run(dir, 'readmit', 'churn-2')).json).toMatchObject({ changed: false })
  })

  it('refuses the active model, an unknown one, a withdrawal without a reason, and one decided on another revision', async () => {
    const dir = registry()
    await activate(dir, 'churn-1')
    const code = async (...words: string[]) => {
      const answer = await taskclf<{ error: { code: string } }>(['model', ...words, '--json'], { cwd: dir })
      return answer.json.error.code
    }
    expect(await code('withdraw', 'churn-1', '--reason', 'x')).toBe('is_active')
    expect(await code('withdraw', 'churn-9', '--reason', 'x')).toBe('bundle_not_promoted')
    expect(await code('withdraw', 'churn-2')).toBe('missing_argument')
    expect(await code('withdraw', 'churn-2', '--reason', 'x', '--expect-revision', '7')).toBe('conflict')
  })
})
