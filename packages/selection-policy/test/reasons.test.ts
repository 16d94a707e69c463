import {
  addDecimal,
  checkRegression,
  DEFAULT_POLICY,
  formatDecimal,
  isCompatible,
  metricValue,
  type Policy,
  passesConstraints,
  selectBest,
  shouldSwitchActive,
  toDecimal,
  UNGATED_POLICY,
} from '@taskclf/selection-policy'
import { describe, expect, it } from 'vitest'
import { quote } from '../src/reason.js'
import { makeBundle, makeInvalid } from './make-bundle.js'

const gated = (...gates: Policy['gates']): Policy => ({ ...UNGATED_POLICY, gates })
const reasonsOf = (bundle: ReturnType<typeof makeBundle>, policy: Policy) =>
  selectBest([bundle], policy, {}).excluded[0]?.reasons ?? []

describe('a reason', () => {
  it.each<[Policy['gates'][number], Record<string, unknown>, string[], string[]]>([
    [{ metric: 'speed', min: 3, max: 9 }, {}, ['3', '9', 'speed'], []],
    [{ metric: 'speed', min: 3 }, {}, ['3'], ['undefined', 'most']],
    [{ metric: 'speed', max: 9 }, {}, ['9'], ['undefined', 'least']],
    [{ metric: 'speed', equals: 'fast' }, {}, ['"fast"'], ['undefined']],
    [{ metric: 'speed', equals: 'fast' }, { speed: 'slow' }, ['"slow"', '"fast"'], ['undefined']],
    [{ metric: 'speed', min: 3 }, { speed: 'slow' }, ['"slow"', '3'], ['undefined']],
    [{ metric: 'speed', min: 3 }, { speed: 2.5 }, ['2.5', '3', '0.5'], ['undefined']],
    [{ metric: 'speed', max: 9 }, { speed: 9.25 }, ['9.25', '9', '0.25'], ['undefined']],
  ])('names the numbers it is about: %j of %j', (gate, metrics, facts, others) => {
    const [reason] = reasonsOf(makeBundle('a', metrics), gated(gate))
    for (const fact of facts) expect(reason?.message).toContain(fact)
    for (const other of others) expect(reason?.message).not.toContain(other)
  })

  it('has only the parts there are', () => {
    const gate = { metric: 'speed', min: 3 }
    const keys = (metrics: Record<string, unknown>) =>
      Object.keys(reasonsOf(makeBundle('a', metrics), gated(gate))[0] ?? {})
    expect(keys({})).toEqual(['stage', 'code', 'message', 'metric', 'bound'])
    expect(keys({ speeed: 1 })).toEqual(['stage', 'code', 'message', 'metric', 'bound', 'nearest'])
    expect(keys({ speed: 'x' })).toEqual(['stage', 'code', 'message', 'metric', 'bound', 'value'])
    expect(keys({ speed: 1 })).toEqual(['stage', 'code', 'message', 'metric', 'bound', 'value', 'shortfall'])
    const [invalid] = selectBest([makeInvalid('x')], UNGATED_POLICY, {}).excluded
    expect(invalid && Object.keys(invalid)).toEqual(['modelId', 'bundle', 'stage', 'code', 'reasons'])
    expect(invalid?.reasons.map((reason) => Object.keys(reason))).toEqual([
      ['stage', 'code', 'message', 'file'],
      ['stage', 'code', 'message', 'file', 'at'],
    ])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'x', true])(
    'rejects %j as a number to judge, whatever the bound',
    (speed) => {
      const { gates } = passesConstraints(makeBundle('a', { speed }), gated({ metric: 'speed', min: 0 }))
      expect(gates.map(({ code }) => code)).toEqual(['metric_absent'])
    },
  )

  it('quotes on one line, escapes what is not seen, and is not endless', () => {
    expect(quote(undefined)).toBe('nothing')
    expect(quote('\u202e\u2028')).toBe('"\\u202e\\u2028"')
    expect(quote('\u00ad')).toBe('"\\u00ad"')
    expect(quote('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`)
    expect(quote('x'.repeat(59))).toBe(`"${'x'.repeat(59)}…`)
  })
})

describe('compatibility', () => {
  const bundle = makeBundle('a', {}, { schema_hash: 'h', schema_version: 'v1', label_set: ['A', 'B'] })

  it('answers what was expected and what there is', () => {
    expect(isCompatible(bundle, {})).toStrictEqual({ compatible: true, reasons: [] })
    expect(isCompatible(bundle, { schemas: [{ hash: 'h' }] })).toStrictEqual({
      compatible: true,
      reasons: [],
      schemaRank: 0,
    })
    const [hash] = isCompatible(bundle, { schemas: [{ hash: 'x' }, { hash: 'y' }] }).reasons
    expect(hash).toMatchObject({
      stage: 'incompatible',
      code: 'schema_hash_mismatch',
      expected: ['x', 'y'],
      actual: 'h',
    })
    for (const fact of ['x', 'y', '"h"']) expect(hash?.message).toContain(fact)
    const [none] = isCompatible(bundle, { schemas: [] }).reasons
    expect(none?.message).not.toContain('accepted: ')
    const [version] = isCompatible(bundle, {
      schemas: [
        { hash: 'h', version: 'v2' },
        { hash: 'h', version: 'v3' },
      ],
    }).reasons
    expect(version).toMatchObject({
      stage: 'incompatible',
      code: 'schema_version_contradiction',
      expected: ['v2', 'v3'],
      actual: 'v1',
    })
    for (const fact of ['v1', 'v2', 'v3', 'h']) expect(version?.message).toContain(fact)
    const [labels] = isCompatible(bundle, { labelSet: ['B', 'C'] }).reasons
    expect(labels).toMatchObject({
      stage: 'incompatible',
      code: 'label_set_mismatch',
      expected: ['B', 'C'],
      actual: ['A', 'B'],
    })
    for (const fact of ['"A"', '"C"']) expect(labels?.message).toContain(fact)
    expect(labels?.message).not.toContain('"B"')
    const [less] = isCompatible(bundle, { labelSet: ['A'] }).reasons
    expect(less?.message).not.toContain('lacks')
    const hashless = makeBundle('b', {}, { schema_hash: undefined })
    expect(isCompatible(hashless, {})).toEqual({ compatible: true, reasons: [] })
    expect(isCompatible(hashless, { schemas: [{ hash: 'h' }, { hash: 'g' }] }).reasons).toMatchObject([
      { stage: 'incompatible', code: 'schema_hash_absent', expected: ['h', 'g'] },
    ])
    const [absent] = isCompatible(makeBundle('b'), { labelSet: ['A'] }).reasons
    expect(absent).toMatchObject({ stage: 'incompatible', code: 'label_set_absent', expected: ['A'] })
  })
})

describe('switching', () => {
  const policy = { ...UNGATED_POLICY, min_improvement: 0.01 }
  const [worse, better] = [makeBundle('worse', { macro_f1: 0.8 }), makeBundle('better', { macro_f1: 0.9 })]

  it('judges a champion that the report does not know, beside its best', () => {
    const report = selectBest([better], policy, { schemas: [{ hash: 'aaaaaaaaaaaa' }] })
    expect(shouldSwitchActive(report, worse, policy)).toMatchObject({ switch: true, code: 'better' })
    const other = makeBundle('other', {}, { schema_hash: 'bbbbbbbbbbbb' })
    const decision = shouldSwitchActive(report, other, policy)
    expect(decision).toMatchObject({ switch: true, code: 'incumbent_ineligible' })
    expect(decision.incumbent?.reasons).toMatchObject([{ code: 'schema_hash_mismatch' }])
    expect(decision.message).toContain('bbbbbbbbbbbb')
    expect(decision.message).not.toContain('undefined')
  })

  it('knows a superseded champion by the best of the report', () => {
    const requirement = { schemas: [{ hash: 'aaaaaaaaaaaa' }, { hash: 'bbbbbbbbbbbb' }] }
    const old = makeBundle('old', { macro_f1: 0.99 }, { schema_hash: 'bbbbbbbbbbbb' })
    const report = selectBest([better], policy, requirement)
    expect(shouldSwitchActive(report, old, policy).incumbent?.reasons).toMatchObject([
      { code: 'superseded_schema' },
    ])
    expect(shouldSwitchActive(selectBest([], policy, requirement), old, policy)).toMatchObject({
      code: 'no_candidate',
    })
  })

  it('gives a champion that nothing speaks against no reasons', () => {
    const report = selectBest([better, worse], policy, {})
    const { candidate, incumbent } = shouldSwitchActive(report, worse, policy)
    expect([candidate, incumbent].map((side) => side && 'reasons' in side)).toEqual([false, false])
    const invalid = shouldSwitchActive(report, makeInvalid('bad'), policy)
    expect(invalid).toMatchObject({ switch: true, code: 'incumbent_ineligible' })
    expect(invalid.incumbent?.reasons).toHaveLength(2)
    expect(invalid.message).toContain('macro_f1 is no number')
  })

  it('asks no gain where the first rank key is a field, or nothing is ranked by', () => {
    const byDate: Policy = { ...policy, rank_by: [{ field: 'created_at', order: 'desc' }] }
    const newer = makeBundle('newer', {}, { created_at: '2026-04-01' })
    expect(shouldSwitchActive(selectBest([newer, better], byDate, {}), better, byDate)).toMatchObject({
      code: 'better',
    })
    const byNothing: Policy = { ...policy, rank_by: [] }
    expect(shouldSwitchActive(selectBest([better, worse], byNothing, {}), worse, byNothing)).toMatchObject({
      code: 'better',
    })
  })
})

describe('numbers', () => {
  it('writes numbers plain up to twenty zeros, with an exponent beyond', () => {
    expect(formatDecimal({ coefficient: 5n, exponent: 20 })).toBe(`5${'0'.repeat(20)}`)
    expect(formatDecimal({ coefficient: 5n, exponent: 21 })).toBe('5e21')
    expect(formatDecimal({ coefficient: 5n, exponent: -20 })).toBe(`0.${'0'.repeat(19)}5`)
    expect(formatDecimal({ coefficient: 5n, exponent: -21 })).toBe('5e-21')
    expect(formatDecimal({ coefficient: -15n, exponent: -1 })).toBe('-1.5')
    expect(formatDecimal({ coefficient: 15n, exponent: 0 })).toBe('15')
    expect(formatDecimal(addDecimal(0, 0))).toBe('0')
    expect(toDecimal(1e21)).toEqual({ coefficient: 1n, exponent: 21 })
    expect(toDecimal(7)).toEqual({ coefficient: 7n, exponent: 0 })
  })

  it('says of a regression how much, and which way', () => {
    const check = (candidate: number) =>
      checkRegression(
        makeBundle('a', { macro_f1: candidate }),
        makeBundle('b', { macro_f1: 0.85 }),
        DEFAULT_POLICY,
      )
    expect(check(0.9).message).toContain('0.05 better')
    expect(check(0.9).drop).toBe('-0.05')
    expect(check(0.8).message).toContain('0.05 worse')
  })
})

describe('metrics by path', () => {
  const bundle = makeBundle('a', {
    per_class: { 'a.b': { f1: 0.5 }, a: { 'b.f1': 0.7 } },
    'flat.name': 1,
    list: [{ f1: 1 }],
    text: 'abc',
  })

  it.each<[string, unknown]>([
    ['flat.name', 1],
    ['per_class.a.b.f1', 0.5],
    ['list.0.f1', undefined],
    ['text.length', undefined],
    ['per_class.toString', undefined],
    ['per_class.constructor.name', undefined],
    ['per_class.a.b.f2', undefined],
    ['per_class', { 'a.b': { f1: 0.5 }, a: { 'b.f1': 0.7 } }],
    ['.per_class', undefined],
  ])('finds %s', (path, expected) => {
    expect(metricValue(bundle, path)).toEqual(expected)
  })
})
