import type { Bundle } from '@taskclf/registry-core'
import {
  compareBundles,
  DEFAULT_POLICY,
  isCompatible,
  type Policy,
  type Requirement,
  rank,
  score,
  selectBest,
  UNGATED_POLICY,
} from '@taskclf/selection-policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeBundle, makeInvalid, without } from './make-bundle.js'

const ids = (ranked: readonly { bundle: { modelId: string } }[]) => ranked.map(({ bundle }) => bundle.modelId)

describe('ranking', () => {
  it('goes by macro F1, weighted F1, newest, then model_id ascending', () => {
    const bundles = [
      makeBundle('tie-b'),
      makeBundle('tie-a'),
      makeBundle('newer', {}, { created_at: '2026-03-01T00:00:00.000001+00:00' }),
      makeBundle('weighted', { weighted_f1: 0.92 }),
      makeBundle('macro', { macro_f1: 0.91, weighted_f1: 0.1 }),
    ]
    const ranked = rank(bundles, DEFAULT_POLICY)
    expect(ids(ranked)).toEqual(['macro', 'weighted', 'newer', 'tie-a', 'tie-b'])
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5])
  })

  it('puts the least first where the order says so, and what has no optional metric last either way', () => {
    const loss = (order: 'asc' | 'desc'): Policy => ({
      ...UNGATED_POLICY,
      rank_by: [
        { metric: 'macro_f1', order: 'desc' },
        { metric: 'loss', order, optional: true },
      ],
    })
    const bundles = [
      makeBundle('none'),
      makeBundle('two', { loss: 2 }),
      makeBundle('text', { loss: '0' }),
      makeBundle('one', { loss: 1 }),
    ]
    expect(ids(rank(bundles, loss('asc')))).toEqual(['one', 'two', 'none', 'text'])
    expect(ids(rank(bundles, loss('desc')))).toEqual(['two', 'one', 'none', 'text'])
  })

  it('lets model_id itself be a key, either way', () => {
    const policy: Policy = { ...UNGATED_POLICY, rank_by: [{ field: 'model_id', order: 'desc' }] }
    expect(ids(rank([makeBundle('a'), makeBundle('b')], policy))).toEqual(['b', 'a'])
    expect(score(makeBundle('a'), policy)).toEqual({
      keys: [{ name: 'model_id', order: 'desc', value: 'a' }],
    })
  })

  it('shows what it went by', () => {
    expect(score(without(makeBundle('a'), 'weighted_f1'), DEFAULT_POLICY)).toEqual({
      keys: [
        { name: 'macro_f1', order: 'desc', value: 0.9 },
        { name: 'weighted_f1', order: 'desc', value: undefined },
        { name: 'created_at', order: 'desc', value: '2026-03-01T00:00:00+00:00' },
        { name: 'model_id', order: 'asc', value: 'a' },
      ],
    })
  })
})

const anyBundle = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    macro: fc.constantFrom(0.1, 0.5, 0.9, undefined),
    weighted: fc.constantFrom(0.1, 0.9),
    created: fc.constantFrom('2026-01-01', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00.000001Z'),
    hash: fc.constantFrom('one', 'two', 'three'),
    acceptance: fc.boolean(),
    valid: fc.boolean(),
  })
  .map(({ id, macro, weighted, created, hash, acceptance, valid }): Bundle => {
    if (!valid) return makeInvalid(id)
    const metrics = { macro_f1: macro, weighted_f1: weighted, acceptance_pass: acceptance }
    const bundle = makeBundle(id, metrics, { created_at: created, schema_hash: hash })
    return macro === undefined ? without(bundle, 'macro_f1') : bundle
  })
const registry = fc.uniqueArray(anyBundle, { selector: ({ modelId }) => modelId, maxLength: 12 })
const requirement = fc.constantFrom<Requirement>({}, { schemas: [{ hash: 'two' }, { hash: 'one' }] })

describe('the laws of selection', () => {
  it('ranks by a total order', () => {
    const valid = registry.map((bundles) => bundles.filter((bundle) => bundle.status === 'valid'))
    fc.assert(
      fc.property(valid, (bundles) => {
        for (const a of bundles) {
          for (const b of bundles) {
            const forth = compareBundles(a, b, DEFAULT_POLICY)
            expect(Math.sign(forth) + Math.sign(compareBundles(b, a, DEFAULT_POLICY))).toBe(0)
            expect(forth === 0).toBe(a === b)
            for (const c of bundles) {
              if (forth < 0 && compareBundles(b, c, DEFAULT_POLICY) < 0) {
                expect(compareBundles(a, c, DEFAULT_POLICY)).toBeLessThan(0)
              }
            }
          }
        }
        const placed = bundles.filter(({ metrics }) => metrics.macro_f1 !== undefined)
        expect(rank(bundles, DEFAULT_POLICY).map(({ bundle }) => bundle)).toEqual(
          placed.sort((a, b) => compareBundles(a, b, DEFAULT_POLICY)),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('places every bundle exactly once, and gives the same answer in any order', () => {
    fc.assert(
      fc.property(registry, requirement, fc.array(fc.nat()), (bundles, required, shuffle) => {
        const withdrawn = bundles.filter((_, i) => i % 4 === 3).map(({ modelId }) => modelId)
        const report = selectBest(bundles, DEFAULT_POLICY, required, { withdrawn })
        const placed = [...ids(report.ranked), ...report.excluded.map(({ modelId }) => modelId)]
        expect(placed.sort()).toEqual(bundles.map(({ modelId }) => modelId).sort())
        expect(report.best).toBe(report.ranked[0])

        const other = bundles
          .map((bundle, i) => ({ bundle, at: shuffle[i] ?? i }))
          .sort((a, b) => a.at - b.at)
          .map(({ bundle }) => bundle)
        const again = selectBest(other, DEFAULT_POLICY, required, { withdrawn })
        expect(ids(again.ranked)).toEqual(ids(report.ranked))
        const byId = (exclusions: typeof report.excluded) =>
          Object.fromEntries(exclusions.map(({ modelId, stage, code }) => [modelId, [stage, code]]))
        expect(byId(again.excluded)).toEqual(byId(report.excluded))
      }),
    )
  })

  it('excludes with the first stage that applies and every reason', () => {
    fc.assert(
      fc.property(registry, requirement, (bundles, required) => {
        for (const exclusion of selectBest(bundles, DEFAULT_POLICY, required).excluded) {
          expect(exclusion.reasons[0]).toMatchObject({ stage: exclusion.stage, code: exclusion.code })
          expect(exclusion.bundle.status === 'invalid').toBe(exclusion.stage === 'invalid')
          expect(exclusion.gates === undefined).toBe(exclusion.stage === 'invalid')
        }
      }),
    )
  })

  it('does not let a bundle that is out change who is in', () => {
    fc.assert(
      fc.property(registry, requirement, (bundles, required) => {
        const report = selectBest(bundles, DEFAULT_POLICY, required)
        const eligible = report.ranked.map(({ bundle }) => bundle)
        expect(ids(selectBest(eligible, DEFAULT_POLICY, required).ranked)).toEqual(ids(report.ranked))
      }),
    )
  })
})

describe('exclusion', () => {
  it('goes invalid, incompatible, metrics, gate, withdrawn, superseded_schema, and tells every reason', () => {
    const everything = makeBundle('everything', { acceptance_pass: false }, { schema_hash: 'other' })
    const bundles = [
      makeBundle('good'),
      makeInvalid('broken'),
      everything,
      without(makeBundle('unscored', { acceptance_pass: false }), 'macro_f1', 'weighted_f1'),
      makeBundle('gated', { breakidle_precision: 0.5, min_class_precision: 0.1 }),
      makeBundle('left'),
      makeBundle('older', {}, { schema_hash: 'bbbbbbbbbbbb' }),
    ]
    const required = { schemas: [{ hash: 'aaaaaaaaaaaa' }, { hash: 'bbbbbbbbbbbb' }] }
    const withdrawn = ['left', 'everything', 'broken', 'no-such']
    const report = selectBest(bundles, DEFAULT_POLICY, required, { withdrawn })
    expect(ids(report.ranked)).toEqual(['good'])
    const told = report.excluded.map(({ modelId, stage, code, reasons }) => [
      modelId,
      stage,
      code,
      reasons.map((r) => r.code),
    ])
    expect(told).toEqual([
      ['broken', 'invalid', 'missing_metadata', ['missing_metadata', 'schema_violation', 'withdrawn']],
      [
        'everything',
        'incompatible',
        'schema_hash_mismatch',
        ['schema_hash_mismatch', 'not_equal', 'withdrawn'],
      ],
      ['unscored', 'metrics', 'metric_absent', ['metric_absent', 'metric_absent', 'not_equal']],
      ['gated', 'gate', 'below_min', ['below_min', 'below_min']],
      ['left', 'withdrawn', 'withdrawn', ['withdrawn']],
      ['older', 'superseded_schema', 'superseded_schema', ['superseded_schema']],
    ])
    expect(report.excluded[0]?.reasons[1]).toMatchObject({
      stage: 'invalid',
      file: 'metrics.json',
      at: 'macro_f1',
    })
  })

  it('takes schemas as an order of preference, not of quality', () => {
    const bundles = [
      makeBundle('new', { macro_f1: 0.7 }, { schema_hash: 'v3' }),
      makeBundle('old', { macro_f1: 0.99 }, { schema_hash: 'v2' }),
    ]
    const both = [{ hash: 'v3' }, { hash: 'v2' }]
    expect(ids(selectBest(bundles, DEFAULT_POLICY, { schemas: both }).ranked)).toEqual(['new'])
    expect(
      ids(selectBest(bundles, DEFAULT_POLICY, { schemas: both }, { withdrawn: ['new'] }).ranked),
    ).toEqual(['old'])
    expect(ids(selectBest(bundles, DEFAULT_POLICY, { schemas: both.toReversed() }).ranked)).toEqual(['old'])
    expect(ids(selectBest(bundles, DEFAULT_POLICY, {}).ranked)).toEqual(['old', 'new'])
  })

  it('answers an empty registry', () => {
    expect(selectBest([], DEFAULT_POLICY, {})).toMatchObject({ best: undefined, ranked: [], excluded: [] })
  })
})

describe('compatibility', () => {
  const bundle = makeBundle(
    'a',
    {},
    { schema_hash: 'h', schema_version: 'v2', label_set: ['Build', 'BreakIdle'] },
  )
  const codes = (required: Requirement, of = bundle) =>
    isCompatible(of, required).reasons.map(({ code }) => code)

  it.each<[Requirement, number | undefined]>([
    [{}, undefined],
    [{ schemas: [{ hash: 'h' }] }, 0],
    [{ schemas: [{ hash: 'g' }, { hash: 'h', version: 'v2' }] }, 1],
    [
      {
        schemas: [
          { hash: 'h', version: 'v1' },
          { hash: 'h', version: 'v2' },
        ],
      },
      1,
    ],
    [{ labelSet: ['BreakIdle', 'Build'] }, undefined],
    [{ labelSet: ['BreakIdle', 'Build', 'Build'] }, undefined],
  ])('keeps its laws under %j', (required, schemaRank) => {
    expect(isCompatible(bundle, required)).toEqual({
      compatible: true,
      reasons: [],
      ...(schemaRank === undefined ? {} : { schemaRank }),
    })
  })

  it('fails with a code and both sides', () => {
    expect(codes({ schemas: [{ hash: 'g' }] })).toEqual(['schema_hash_mismatch'])
    expect(codes({ schemas: [] })).toEqual(['schema_hash_mismatch'])
    expect(codes({ schemas: [{ hash: 'h', version: 'v1' }] })).toEqual(['schema_version_contradiction'])
    expect(codes({ labelSet: ['Build'] })).toEqual(['label_set_mismatch'])
    expect(codes({ labelSet: ['Build', 'BreakIdle', 'Meet'] })).toEqual(['label_set_mismatch'])
    expect(codes({ schemas: [{ hash: 'g' }], labelSet: ['Meet'] })).toEqual([
      'schema_hash_mismatch',
      'label_set_mismatch',
    ])
    expect(isCompatible(bundle, { schemas: [{ hash: 'g' }] }).reasons[0]).toMatchObject({
      stage: 'incompatible',
      expected: ['g'],
      actual: 'h',
    })
    expect(isCompatible(bundle, { schemas: [{ hash: 'g' }] })).toMatchObject({ compatible: false })
  })

  it('has nothing to contradict where the bundle states no version, and no labels where it states none', () => {
    const silent = makeBundle('b', {}, { schema_hash: 'h' })
    expect(codes({ schemas: [{ hash: 'h', version: 'v1' }] }, silent)).toEqual([])
    expect(codes({ labelSet: ['Build'] }, silent)).toEqual(['label_set_absent'])
  })
})
