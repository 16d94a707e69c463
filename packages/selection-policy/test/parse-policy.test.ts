import {
  DEFAULT_POLICY,
  POLICY_PRESETS,
  parsePolicy,
  policyFileSchema,
  policySchema,
  UNGATED_POLICY,
} from '@taskclf/selection-policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function violationsOf(value: unknown): Record<string, string | undefined> {
  const parsed = parsePolicy(value)
  if (parsed.ok) return {}
  for (const { message } of parsed.violations) expect(message.length).toBeGreaterThan(5)
  return Object.fromEntries(parsed.violations.map(({ at, nearest }) => [at, nearest]))
}

/** Only the paths, in order. */
const placesOf = (value: unknown): string[] => Object.keys(violationsOf(value))

describe('a policy document', () => {
  it('takes what it leaves out from the preset that it extends', () => {
    expect(parsePolicy({ extends: 'default' })).toEqual({ ok: true, policy: DEFAULT_POLICY })
    expect(parsePolicy({ extends: 'default', gates: [] })).toEqual({ ok: true, policy: UNGATED_POLICY })
    expect(parsePolicy({ extends: 'default', min_improvement: 0.01, name: 'ours' })).toEqual({
      ok: true,
      policy: { ...DEFAULT_POLICY, min_improvement: 0.01, name: 'ours' },
    })
    expect(parsePolicy({ extends: 'default', gates: undefined })).toEqual({
      ok: true,
      policy: DEFAULT_POLICY,
    })
  })

  it.each(Object.entries(POLICY_PRESETS))(
    'parses a file that extends %s as the preset itself',
    (name, preset) => {
      expect(parsePolicy({ extends: name })).toEqual({ ok: true, policy: preset })
      expect(parsePolicy(preset)).toEqual({ ok: true, policy: preset })
    },
  )

  it('leaves out amounts in the units of another metric', () => {
    const rank_by = [{ metric: 'auc', order: 'desc' }]
    expect(placesOf({ extends: 'default', rank_by })).toEqual(['regression_tolerance'])
    const ours = parsePolicy({ extends: 'default', rank_by, regression_tolerance: 0.01 })
    expect(ours).toMatchObject({ policy: { min_improvement: 0, regression_tolerance: 0.01 } })
    const newest = [{ field: 'created_at', order: 'desc' }]
    expect(parsePolicy({ extends: 'ungated', rank_by: newest })).toEqual({
      ok: true,
      policy: POLICY_PRESETS.latest,
    })
    const same = parsePolicy({ extends: 'default', rank_by: [{ metric: 'macro_f1', order: 'asc' }] })
    expect(same).toMatchObject({ policy: { regression_tolerance: 0.02 } })
  })

  it('requires gates and a ranking, or a preset to extend', () => {
    const incomplete = (value: unknown) => {
      const parsed = parsePolicy(value)
      return parsed.ok ? [] : parsed.violations.map(({ at, code }) => `${at} ${code}`)
    }
    const gates: never[] = []
    const rank_by = [{ metric: 'macro_f1', order: 'desc' }]
    expect(incomplete({})).toEqual(['gates policy_incomplete', 'rank_by policy_incomplete'])
    expect(incomplete({ gates })).toEqual(['rank_by policy_incomplete'])
    expect(incomplete({ rank_by })).toEqual(['gates policy_incomplete'])
    expect(incomplete({ gates, rank_by })).toEqual([])
    expect(incomplete({ rank_by, name: 7 })).toEqual(['name undefined', 'gates policy_incomplete'])
    expect(incomplete({ extends: 'defualt' })).toEqual(['extends undefined'])
  })

  it('names what would be right in place of gates or a ranking that is missing', () => {
    const said = (metrics?: string[]) => {
      const parsed = parsePolicy({}, metrics === undefined ? {} : { metrics })
      return parsed.ok ? [] : parsed.violations.map(({ message }) => message)
    }
    expect(said()[0]).toBe(
      'is missing; write "gates": [] for none, or "extends": "default" for the three default gates',
    )
    expect(said()[1]).toContain('policy init')
    expect(said(['auc', 'log\nloss'])[1]).toContain('the bundles have auc, "log\\nloss";')
    expect(said('abcdefghij'.split(''))[1]).toContain('g, h, …')
    expect(said([])[1]).toContain('no bundle has a number')
  })

  it('requires the tolerance of a first metric that the contract does not name', () => {
    const ranked = (...metrics: string[]) => ({
      gates: [],
      rank_by: metrics.map((metric) => ({ metric, order: 'desc' })),
    })
    expect(violationsOf(ranked('auc'))).toEqual({ regression_tolerance: undefined })
    expect(violationsOf(ranked('macro_fl'))).toEqual({ regression_tolerance: 'macro_f1' })
    expect(placesOf({ ...ranked('auc'), regression_tolerance: 0 })).toEqual([])
    expect(placesOf(ranked('min_class_precision', 'auc'))).toEqual([])
    expect(placesOf({ gates: [], rank_by: [{ metric: '', order: 'desc' }] })).toContain('rank_by[0].metric')
    expect(parsePolicy(ranked('per_class.A.f1'))).toMatchObject({ policy: { regression_tolerance: 0.02 } })
  })

  it('is, by default, the documented one', () => {
    expect(DEFAULT_POLICY).toEqual({
      version: 1,
      gates: [
        { metric: 'acceptance_pass', equals: true },
        { metric: 'breakidle_precision', min: 0.95 },
        { metric: 'min_class_precision', min: 0.5 },
      ],
      rank_by: [
        { metric: 'macro_f1', order: 'desc' },
        { metric: 'weighted_f1', order: 'desc' },
        { field: 'created_at', order: 'desc' },
      ],
      min_improvement: 0,
      regression_tolerance: 0.02,
      same_eval_dataset: false,
    })
    const { default: seed, ungated, classification, latest } = POLICY_PRESETS
    expect([seed, ungated]).toEqual([DEFAULT_POLICY, { ...DEFAULT_POLICY, gates: [] }])
    expect(classification).toEqual({ ...ungated, rank_by: ungated.rank_by.slice(0, 2) })
    expect(latest).toEqual({
      version: 1,
      gates: [],
      rank_by: [{ field: 'created_at', order: 'desc' }],
      same_eval_dataset: false,
    })
  })

  it('cannot be changed for everybody', () => {
    expect(Object.isFrozen(DEFAULT_POLICY.gates[0])).toBe(true)
    expect(Object.isFrozen(UNGATED_POLICY.rank_by)).toBe(true)
  })

  it.each([
    [{ gates: [{ metric: 'macro_f1', min: 0.5, max: 0.9 }] }],
    [{ gates: [{ metric: 'latency_ms', max: 250 }] }],
    [{ gates: [{ metric: 'temperature', min: -40 }] }],
    [{ gates: [{ metric: 'eval_dataset_id', equals: 'frozen-1' }] }],
    [{ gates: [{ metric: 'per_class.BreakIdle.precision', min: 1 }] }],
    [{ rank_by: [{ field: 'model_id', order: 'asc' }] }],
    [{ rank_by: [{ metric: 'log_loss', order: 'asc' }], min_improvement: 5, regression_tolerance: 0.1 }],
    [{ rank_by: [{ field: 'created_at', order: 'desc' }] }],
    [
      {
        rank_by: [
          { metric: 'auc', order: 'desc' },
          { metric: 'brier', order: 'asc', optional: true },
        ],
        regression_tolerance: 0,
      },
    ],
  ])('takes %j', (document) => {
    const rank_by = [{ metric: 'macro_f1', order: 'desc' }]
    expect(violationsOf({ gates: [], rank_by, ...document })).toEqual({})
  })

  it('reports everything at once, with the nearest known key', () => {
    expect(
      violationsOf({
        version: 2,
        gate: [],
        min_improvment: 0.1,
        entirely_unknown: 1,
        regression_tolerance: -0.1,
        same_eval_dataset: 'yes',
        name: '',
        gates: [
          { metric: 'macro_f1', mim: 0.5 },
          { metric: 'breakidle_precision', min: 95 },
          { metric: 'x', min: 2, max: 1 },
          { metric: '', equals: null },
          7,
          { metric: 'y', equals: 1, min: 0 },
          { min: 1 },
        ],
        rank_by: [
          { metric: 'macro_f1', order: 'descending' },
          { metric: 'macro_f1', order: 'asc' },
          { field: 'createdat', order: 'desk' },
          { order: 'asc' },
          { metric: 'a', field: 'model_id', order: 'asc' },
          'macro_f1',
        ],
      }),
    ).toEqual({
      version: undefined,
      gate: 'gates',
      min_improvment: 'min_improvement',
      entirely_unknown: undefined,
      regression_tolerance: undefined,
      same_eval_dataset: undefined,
      name: undefined,
      'gates[0]': undefined,
      'gates[0].mim': 'min',
      'gates[1].min': undefined,
      'gates[2]': undefined,
      'gates[3].metric': undefined,
      'gates[3].equals': undefined,
      'gates[4]': undefined,
      'gates[5].min': undefined,
      'gates[6].metric': undefined,
      'rank_by[0].order': undefined,
      'rank_by[1]': undefined,
      'rank_by[2].field': 'created_at',
      'rank_by[2].order': 'desc',
      'rank_by[3]': undefined,
      'rank_by[4].field': undefined,
      'rank_by[5]': undefined,
    })
  })

  it.each([null, 7, 'default', [], undefined, true])('is not %j', (value) => {
    expect(placesOf(value)).toEqual([''])
  })

  it('says which versions are known', () => {
    const parsed = parsePolicy({ extends: 'default', version: '1' })
    expect(parsed.ok ? [] : parsed.violations).toEqual([
      { at: 'version', message: expect.stringMatching(/versions: 1$/) },
    ])
  })

  it.each<[string, unknown]>([
    ['gates', { gates: {} }],
    ['gates', { gates: null }],
    ['rank_by', { rank_by: [] }],
    ['rank_by', { rank_by: 'macro_f1' }],
    ['gates[0].min', { gates: [{ metric: 'x', min: Number.NaN }] }],
    ['gates[0].max', { gates: [{ metric: 'x', max: Number.POSITIVE_INFINITY }] }],
    ['gates[0].max', { gates: [{ metric: 'x', max: '0.5' }] }],
    ['gates[0].max', { gates: [{ metric: 'macro_f1', min: 0, max: -1 }] }],
    ['gates[0].min', { gates: [{ metric: 'acceptance_pass', min: 1 }] }],
    ['gates[0].equals', { gates: [{ metric: 'acceptance_pass', equals: 'true' }] }],
    ['gates[0].equals', { gates: [{ metric: 'weighted_f1', equals: true }] }],
    ['gates[0].equals', { gates: [{ metric: 'weighted_f1', equals: 2 }] }],
    ['gates[0].min', { gates: [{ metric: 'per_class.A.b.recall', min: 1.5 }] }],
    ['gates[0].metric', { gates: [{ metric: 'x'.repeat(201), min: 0 }] }],
    ['gates[0].metric', { gates: [{ metric: 5, min: 0 }] }],
    ['min_improvement', { extends: 'default', min_improvement: 5 }],
    ['min_improvement', { min_improvement: Number.NaN }],
    ['min_improvement', { min_improvement: '0.1' }],
    [
      'regression_tolerance',
      { rank_by: [{ metric: 'per_class.A.f1', order: 'desc' }], regression_tolerance: 2 },
    ],
    ['__proto__', JSON.parse('{"__proto__": {"gates": []}}')],
  ])('is wrong at %s in %j', (at, document) => {
    expect(placesOf(document)).toContain(at)
  })

  it('never throws, and what it takes the schema takes', () => {
    const key = fc.constantFrom(
      'version',
      'extends',
      'gates',
      'rank_by',
      'metric',
      'min',
      'max',
      'equals',
      'order',
      'field',
      'x',
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(
          1,
          0.5,
          -2,
          'desc',
          'default',
          'macro_f1',
          'created_at',
          true,
          null,
          Number.NaN,
          undefined,
        ),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 4 }),
      ),
    })).any
    fc.assert(
      fc.property(value, (document) => {
        const parsed = parsePolicy(document)
        const shaped = policyFileSchema.safeParse(document)
        if (parsed.ok) expect(policySchema.parse(parsed.policy)).toEqual(parsed.policy)
        else expect(parsed.violations.length).toBeGreaterThan(0)
        if (!shaped.success) expect(parsed.ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})
