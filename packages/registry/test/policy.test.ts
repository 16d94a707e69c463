import { join } from 'node:path'
import { DEFAULT_POLICY, type Policy } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { checkPolicy, parsePolicyBeside } from '../src/index.js'
import { expectedOrder } from '../src/policy/expected-order.js'

const ranking = (...metrics: string[]): Policy => ({
  ...DEFAULT_POLICY,
  gates: [{ metric: 'latency', max: 3 }],
  rank_by: metrics.map((metric) => ({ metric, order: 'desc' })),
})

describe('a policy', () => {
  it('is checked without a models dir, as far as it goes', async () => {
    expect(await checkPolicy(ranking('val_loss', 'auc'))).toEqual({
      violations: [],
      warnings: [{ code: 'order_contradicts_name', message: expect.stringContaining('val_loss') }],
    })
  })

  it('is compared with what the models have', async () => {
    const models = join(scratchDir(), 'models')
    writeBundle(models, 'run-1', { metrics: { auc: 0.9 } })
    const { metrics, violations, warnings } = await checkPolicy(ranking('acu', 'macro_f1'), models)
    expect(metrics).toMatchObject([
      { metric: 'acu', asked: 'rank', have: 0, of: 1, nearest: 'auc' },
      { metric: 'macro_f1', asked: 'rank', have: 1, of: 1 },
      { metric: 'latency', asked: 'gate', have: 0, of: 1 },
    ])
    expect(violations).toMatchObject([{ at: 'rank_by[0].metric', nearest: 'auc' }])
    expect(warnings.map(({ code }) => code)).toEqual(['metric_absent'])
  })
})

describe('parsePolicyBeside', () => {
  it('names the metrics of the models where the policy ranks by nothing', async () => {
    const models = join(scratchDir(), 'models')
    writeBundle(models, 'run-1', { files: { 'metrics.json': '{"auc":0.9,"log_loss":0.3}' } })
    const parsed = await parsePolicyBeside({ gates: [] }, models)
    expect(parsed).toMatchObject({ ok: false, violations: [{ at: 'rank_by', code: 'policy_incomplete' }] })
    expect(parsed.ok ? '' : parsed.violations[0]?.message).toContain('the bundles have auc, log_loss')
  })

  it('does not look at the models for anything else', async () => {
    const nowhere = join(scratchDir(), 'none')
    expect(await parsePolicyBeside({ extends: 'latest' }, nowhere)).toMatchObject({ ok: true })
    const wrong = await parsePolicyBeside({ extends: 'latest', name: 7 }, nowhere)
    expect(wrong).toMatchObject({ ok: false, violations: [{ at: 'name' }] })
  })

  it('reports the policy, not the models that cannot be read', async () => {
    const parsed = await parsePolicyBeside({}, join(scratchDir(), 'none'))
    expect(parsed.ok ? [] : parsed.violations.map(({ at }) => at)).toEqual(['gates', 'rank_by'])
  })
})

it.each([
  ['rmse', 'asc'],
  ['val.MAE', 'asc'],
  ['log_loss', 'asc'],
  ['train/loss', 'asc'],
  ['error_rate', 'asc'],
  ['brier', 'asc'],
  ['roc_auc', 'desc'],
  ['macro_f1', 'desc'],
  ['per_class.Meet.f1', 'desc'],
  ['accuracy', 'desc'],
  ['auc_loss', undefined],
  ['glossary', undefined],
  ['latency', undefined],
  ['', undefined],
])('finds that the name %s speaks for %s', (metric, order) => {
  expect(expectedOrder(metric)).toBe(order)
})
