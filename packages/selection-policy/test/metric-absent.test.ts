import {
  absentAdvice,
  activeReason,
  checkCandidateGates,
  checkRegression,
  DEFAULT_POLICY,
  type Policy,
  rank,
  selectBest,
  UNGATED_POLICY,
} from '@taskclf/selection-policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeBundle, without } from './make-bundle.js'

const by = (metric: string, ...more: Policy['rank_by']): Policy => ({
  ...UNGATED_POLICY,
  rank_by: [{ metric, order: 'desc' }, ...more],
})
const bare = (id: string, metrics: Record<string, unknown>) =>
  without(makeBundle(id, metrics), 'macro_f1', 'weighted_f1', 'breakidle_precision', 'min_class_precision')

describe('a metric that the policy ranks by and a bundle does not have', () => {
  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['acu', { auc: 0.9 }, 'auc'],
    ['AUC', { auc: 0.9 }, 'auc'],
    ['roc_auc', { loss: 1, auc: 0.9 }, 'auc'],
    ['auc', { valid: { auc: 0.9 } }, 'valid.auc'],
    ['per_class.Meet.fl', { per_class: { Meet: { f1: 0.5 } } }, 'per_class.Meet.f1'],
    ['rmse', { auc: 0.9 }, undefined],
    ['rmse', {}, undefined],
    ['£', { auc: 0.9, '€€€': 1 }, undefined],
  ])('finds for %s among %j the nearest: %s', (metric, metrics, nearest) => {
    const [exclusion] = selectBest([bare('a', metrics)], by(metric), {}).excluded
    expect(exclusion).toMatchObject({ stage: 'metrics', code: 'metric_absent' })
    const [reason] = exclusion?.reasons ?? []
    expect(reason).toMatchObject({ stage: 'metrics', metric })
    expect(reason?.nearest).toBe(nearest)
    if (nearest !== undefined) expect(reason?.message).toContain(nearest)
  })

  it.each(['0.9', null, true, [0.9], { value: 0.9 }, Number.NaN, Number.POSITIVE_INFINITY])(
    'rejects %j as a number to rank by',
    (auc) => {
      const [exclusion] = selectBest([bare('a', { auc })], by('auc'), {}).excluded
      expect(exclusion).toMatchObject({ stage: 'metrics', code: 'metric_absent' })
      expect(exclusion?.reasons[0]).toHaveProperty('value', auc)
    },
  )

  it('is reported in one line, whatever the names are', () => {
    const odd = 'x\n::error::'
    const [exclusion] = selectBest([bare('a', { [`${odd}y`]: 1 })], by(odd), {}).excluded
    expect(exclusion?.reasons[0]?.nearest).toBe(`${odd}y`)
    expect(exclusion?.reasons[0]?.message).not.toContain('\n')
  })

  it('stops looking in a document that is larger than a metrics file ever is', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${i}`, i]))
    const [reason] = selectBest([bare('a', { ...many, auc: 1 })], by('acu'), {}).excluded[0]?.reasons ?? []
    expect(reason?.nearest).toBeUndefined()
    expect(reason?.message.length).toBeLessThan(200)
  })

  it('turns a candidate down whatever its gates say', () => {
    const candidate = without(makeBundle('a', { acceptance_pass: false }), 'macro_f1')
    expect(checkCandidateGates(candidate, DEFAULT_POLICY)).toMatchObject({
      passed: false,
      code: 'metric_absent',
      reasons: [{ stage: 'metrics' }, { stage: 'gate' }],
    })
    expect(checkCandidateGates(without(makeBundle('a'), 'weighted_f1'), DEFAULT_POLICY).code).toBe(
      'metric_absent',
    )
  })

  it('is accepted as optional: the bundle then ranks after those that have it', () => {
    const policy = by('auc', { metric: 'loss', order: 'asc', optional: true })
    const bundles = [
      bare('none', { auc: 0.9 }),
      bare('loss', { auc: 0.9, loss: 5 }),
      bare('best', { auc: 0.91 }),
    ]
    const ids = selectBest(bundles, policy, {}).ranked.map(({ bundle }) => bundle.modelId)
    expect(ids).toEqual(['best', 'loss', 'none'])
  })
})

describe('a registry of any metrics', () => {
  const NAMES = ['auc', 'acu', 'rmse', 'macro_f1', 'a.b', 'per_class.A.f1', '__proto__', 'toString']
  const value = fc.oneof(
    fc.double(),
    fc.constantFrom<unknown>(null, '0.9', true, [1], {}, Number.NaN, Number.NEGATIVE_INFINITY, 0.5),
  )
  const metrics = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), value), {
    selector: ([name]) => name,
    maxLength: 5,
  })
  const registry = fc.array(metrics, { maxLength: 8 }).map((all) =>
    all.map((entries, i) => {
      const bundle = bare(`run-${i}`, {})
      return { ...bundle, metrics: Object.fromEntries(entries) as typeof bundle.metrics }
    }),
  )
  const key = fc.record({
    metric: fc.constantFrom(...NAMES),
    order: fc.constantFrom('asc' as const, 'desc' as const),
  })
  const ranking = fc
    .tuple(
      fc.boolean(),
      fc.uniqueArray(key, { selector: ({ metric }) => metric, minLength: 1, maxLength: 3 }),
    )
    .map(([newest, [first, ...more]]): Policy['rank_by'] => [
      ...(newest ? [{ field: 'created_at' as const, order: 'desc' as const }] : []),
      first as Policy['rank_by'][number],
      ...more.map((later, i) => (i % 2 === 0 ? { ...later, optional: true } : later)),
    ])

  it('never ranks a bundle without the first rank metric, nor without any that is required', () => {
    fc.assert(
      fc.property(registry, ranking, (bundles, rank_by) => {
        const policy: Policy = { ...UNGATED_POLICY, rank_by }
        const required = rank_by.flatMap((named) =>
          'metric' in named && named.optional !== true ? [named.metric] : [],
        )
        const has = (bundle: (typeof bundles)[number]) =>
          required.every((name) => {
            const stated: unknown = Object.getOwnPropertyDescriptor(bundle.metrics, name)?.value
            return typeof stated === 'number' && Number.isFinite(stated)
          })
        const report = selectBest(bundles, policy, {})
        const ranked = report.ranked.map(({ bundle }) => bundle)
        expect(new Set(ranked)).toEqual(new Set(bundles.filter(has)))
        expect(rank(bundles, policy).map(({ bundle }) => bundle)).toEqual(ranked)
        for (const { stage, code, reasons } of report.excluded) {
          expect([stage, code]).toEqual(['metrics', 'metric_absent'])
          expect(reasons.every(({ metric }) => required.includes(metric ?? ''))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the advice where no bundle has a metric', () => {
  const advice = (policy: Policy, ...metrics: Record<string, unknown>[]) =>
    absentAdvice(
      selectBest(
        metrics.map((figures, i) => bare(`m${i}`, figures)),
        policy,
        {},
      ),
    )

  it('names the nearest, what there is, and the command that writes a policy', () => {
    expect(advice(by('auc'), { val_auc: 0.9, loss: 1 }, { val_auc: 0.8 })).toBe(
      'did you mean val_auc by auc? taskclf policy init writes a policy over what the bundles have: val_auc, loss',
    )
    expect(advice(by('auc'), { loss: 1 })).toBe(
      'taskclf policy init writes a policy over what the bundles have: loss',
    )
  })

  it('is silent where some bundle has it', () => {
    expect(advice(by('auc'), { auc: 0.9 }, { loss: 1 })).toBeUndefined()
  })
})

it('tolerates nothing worse in a metric of its own where a policy that was not parsed states no tolerance', () => {
  const { regression_tolerance: _, ...rest } = by('auc')
  const compare = (auc: number) => checkRegression(bare('a', { auc }), bare('b', { auc: 0.9 }), rest)
  expect([compare(0.899).code, compare(0.9).code]).toEqual(['regressed', 'within_tolerance'])
  const f1 = { ...rest, rank_by: DEFAULT_POLICY.rank_by }
  const weaker = makeBundle('a', { macro_f1: 0.885 })
  expect(checkRegression(weaker, makeBundle('b'), f1).code).toBe('within_tolerance')
})

describe('what a pointer says it was chosen by', () => {
  it('is the first rank metric under its own name, and the two F1 figures where the bundle has them', () => {
    const bundle = makeBundle('a', { auc: 0.93, note: 1, metric: 2 })
    expect(Object.entries(activeReason(bundle, DEFAULT_POLICY))).toEqual([
      ['metric', 'macro_f1'],
      ['macro_f1', 0.9],
      ['weighted_f1', 0.91],
    ])
    expect(Object.entries(activeReason(bundle, by('auc')))).toEqual([
      ['metric', 'auc'],
      ['auc', 0.93],
      ['macro_f1', 0.9],
      ['weighted_f1', 0.91],
    ])
    expect(activeReason(bare('a', { auc: 0.93 }), by('auc'))).toEqual({ metric: 'auc', auc: 0.93 })
    expect(activeReason(bare('a', {}), by('auc'))).toEqual({ metric: 'auc' })
    expect(activeReason(bare('a', { note: 1 }), by('note'))).toEqual({ metric: 'note' })
    expect(activeReason(bare('a', { metric: 1 }), by('metric'))).toEqual({ metric: 'metric' })
  })

  it('is the field, under a policy that ranks by no metric', () => {
    const newest: Policy = { ...UNGATED_POLICY, rank_by: [{ field: 'created_at', order: 'desc' }] }
    const created_at = '2026-03-01T00:00:00+00:00'
    expect(activeReason(bare('a', {}), newest)).toEqual({ metric: 'created_at', created_at })
    const named: Policy = { ...UNGATED_POLICY, rank_by: [{ field: 'model_id', order: 'asc' }] }
    expect(activeReason(bare('a', {}), named)).toEqual({ metric: 'model_id', model_id: 'a' })
  })
})
