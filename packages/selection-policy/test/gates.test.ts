import {
  checkCandidateGates,
  DEFAULT_POLICY,
  type Gate,
  metricValue,
  type Policy,
  passesConstraints,
} from '@taskclf/selection-policy'
import { describe, expect, it } from 'vitest'
import { makeBundle, without } from './make-bundle.js'

const policyOf = (...gates: Gate[]): Policy => ({ ...DEFAULT_POLICY, gates })

function judge(metrics: Record<string, unknown>, gate: Gate) {
  const [result] = passesConstraints(makeBundle('a', metrics), policyOf(gate)).gates
  return result
}

describe('a gate', () => {
  it.each<[unknown, Gate, object]>([
    [0.95, { metric: 'm', min: 0.95 }, { passed: true }],
    [0.9499, { metric: 'm', min: 0.95 }, { passed: false, code: 'below_min', shortfall: '0.0001' }],
    [0.1, { metric: 'm', max: 0.1 }, { passed: true }],
    [0.3, { metric: 'm', max: 0.1 }, { passed: false, code: 'above_max', shortfall: '0.2' }],
    [5, { metric: 'm', min: 1, max: 10 }, { passed: true }],
    [0, { metric: 'm', min: 1, max: 10 }, { passed: false, code: 'below_min', shortfall: '1' }],
    [11, { metric: 'm', min: 1, max: 10 }, { passed: false, code: 'above_max', shortfall: '1' }],
    [true, { metric: 'm', equals: true }, { passed: true }],
    [false, { metric: 'm', equals: true }, { passed: false, code: 'not_equal' }],
    [1, { metric: 'm', equals: true }, { passed: false, code: 'metric_absent' }],
    ['true', { metric: 'm', equals: true }, { passed: false, code: 'metric_absent' }],
    [null, { metric: 'm', equals: 'x' }, { passed: false, code: 'metric_absent' }],
    ['x', { metric: 'm', equals: 'x' }, { passed: true }],
    [-0, { metric: 'm', equals: 0 }, { passed: true }],
    ['0.99', { metric: 'm', min: 0.5 }, { passed: false, code: 'metric_absent' }],
    [null, { metric: 'm', min: 0.5, max: 1 }, { passed: false, code: 'metric_absent' }],
    [Number.NaN, { metric: 'm', min: 0 }, { passed: false, code: 'metric_absent' }],
  ])('judges %j under %j as %j', (value, gate, expected) => {
    const { metric, ...bound } = gate
    expect(judge({ m: value }, gate)).toEqual({ metric, bound, value, derived: false, ...expected })
  })

  it('fails on a metric that is absent, whatever it asks for', () => {
    for (const bound of [{ min: 0 }, { max: 1 }, { equals: true }]) {
      expect(judge({}, { metric: 'nowhere', ...bound })).toMatchObject({
        passed: false,
        code: 'metric_absent',
        value: undefined,
        derived: false,
      })
    }
  })

  it('says which values were derived', () => {
    const bundle = makeBundle('a', { per_class: { A: { precision: 1 } } }, {}, [
      'per_class',
      'breakidle_precision',
    ])
    const policy = policyOf(
      { metric: 'breakidle_precision', min: 0 },
      { metric: 'per_class.A.precision', min: 0 },
      { metric: 'per_class.B.precision', min: 0 },
      { metric: 'macro_f1', min: 0 },
    )
    expect(passesConstraints(bundle, policy).gates.map(({ derived }) => derived)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('is applied together with all others', () => {
    const bundle = makeBundle('a', { acceptance_pass: false, min_class_precision: 0.4 })
    expect(passesConstraints(bundle, DEFAULT_POLICY)).toMatchObject({
      passed: false,
      gates: [{ passed: false }, { passed: true }, { passed: false }],
    })
    expect(passesConstraints(bundle, policyOf())).toEqual({ passed: true, gates: [] })
  })
})

describe('a candidate alone', () => {
  it('passes, or fails with a reason for each gate', () => {
    expect(checkCandidateGates(makeBundle('a'), DEFAULT_POLICY)).toMatchObject({
      passed: true,
      code: 'passed',
      modelId: 'a',
      reasons: [],
    })
    const worse = without(
      makeBundle('b', { breakidle_precision: 0.9026, acceptance_pass: false }),
      'min_class_precision',
    )
    const check = checkCandidateGates(worse, DEFAULT_POLICY)
    expect(check).toMatchObject({ passed: false, code: 'gate_failed' })
    expect(check.gates).toHaveLength(3)
    expect(check.reasons).toMatchObject([
      { stage: 'gate', code: 'not_equal', metric: 'acceptance_pass', value: false, bound: { equals: true } },
      {
        code: 'below_min',
        metric: 'breakidle_precision',
        value: 0.9026,
        bound: { min: 0.95 },
        shortfall: '0.0474',
      },
      { code: 'metric_absent', metric: 'min_class_precision' },
    ])
  })

  it('gets the numbers in words', () => {
    const gates: Gate[] = [
      { metric: 'low', min: 0.5 },
      { metric: 'high', min: 0, max: 0.5 },
      { metric: 'text', min: 0, max: 1 },
      { metric: 'gone', max: 1 },
      { metric: 'flag', equals: 'on' },
      { metric: 'gone', equals: 'on' },
    ]
    const metrics = { low: 0.25, high: 0.75, text: 'x\n\u2028y'.padEnd(100, 'z'), flag: 'off' }
    const { reasons } = checkCandidateGates(makeBundle('a', metrics, {}, ['low']), policyOf(...gates))
    for (const { message, metric } of reasons) {
      expect(message).toContain(metric)
      expect(message).not.toMatch(/[\n\u2028]/)
      expect(message.length).toBeLessThan(170)
    }
    expect(reasons[0]?.message).toMatch(/0\.25 \(derived\).*0\.25.*0\.5/)
    expect(reasons[1]?.message).toMatch(/0\.75.*0\.25.*0\.5/)
  })
})

describe('a metric path', () => {
  const bundle = makeBundle('a', {
    per_class: { Build: { f1: 0.5 }, 'a.b': { f1: 0.6 }, a: { 'b.f1': 0.7, c: { f1: 0.8 } } },
    'dotted.key': 0.9,
    dotted: { key: 0.1 },
    'deep.er': { other: 1 },
    deep: { 'er.value': 2 },
    list: [1, 2],
    none: null,
  })

  it.each([
    ['macro_f1', 0.9],
    ['per_class.Build.f1', 0.5],
    ['per_class.a.b.f1', 0.6],
    ['per_class.a.c.f1', 0.8],
    ['dotted.key', 0.9],
    ['deep.er.value', 2],
    ['none', null],
  ])('leads from %s to %j', (path, value) => {
    expect(metricValue(bundle, path)).toBe(value)
  })

  it.each([
    '',
    '.',
    'macro_f1.x',
    'constructor',
    '__proto__',
    'per_class.toString',
    'per_class.',
    '.macro_f1',
    'list.0',
    'list.length',
    'none.x',
  ])('leads from %j nowhere', (path) => {
    expect(metricValue(bundle, path)).toBeUndefined()
  })
})
