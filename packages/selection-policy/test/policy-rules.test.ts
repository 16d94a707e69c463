import { parsePolicy } from '@taskclf/selection-policy'
import { describe, expect, it } from 'vitest'
import { type PolicyViolation, policyRules } from '../src/policy-rules.js'

/** Where, and what was probably meant. */
const found = (value: unknown) =>
  policyRules(value).map(({ at, nearest }) => (nearest === undefined ? at : `${at} → ${nearest}`))
const gate = (over: object) => found({ gates: [over] })

describe('bounds of a gate', () => {
  const FRACTIONS = [
    'macro_f1',
    'weighted_f1',
    'breakidle_precision',
    'min_class_precision',
    'per_class.Build.recall',
    'per_class.a.b.f1',
    'per_class.x.precision',
  ]

  it.each(FRACTIONS)('accepts bounds of %s from 0 to 1, both ends included', (metric) => {
    for (const name of ['min', 'max', 'equals']) {
      for (const bound of [0, 1, 0.5]) expect(gate({ metric, [name]: bound })).toEqual([])
      for (const bound of [-0.001, 1.001, 95])
        expect(gate({ metric, [name]: bound })).toEqual([`gates[0].${name}`])
    }
  })

  it.each([
    'latency_ms',
    'per_class.Build.support',
    'my_per_class.Build.f1',
    'per_class.Build.f1_gap',
    'per_class.f1',
    'macro_f1_gap',
  ])('accepts any number as a bound of %s', (metric) => {
    for (const bound of [-5, 0, 250]) expect(gate({ metric, min: bound })).toEqual([])
    expect(gate({ metric, equals: 'frozen' })).toEqual([])
  })

  it('rejects bounds that are texts: a fraction is a number, and is compared as one', () => {
    expect(gate({ metric: 'macro_f1', equals: '0.9' })).toEqual(['gates[0].equals'])
    expect(gate({ metric: 'macro_f1', equals: true })).toEqual(['gates[0].equals'])
    // As a min these are refused by their shape, once.
    expect(gate({ metric: 'macro_f1', min: '0.9' })).toEqual([])
    expect(gate({ metric: 'macro_f1', min: true })).toEqual([])
  })

  it('requires that something passes: min is at most max, compared as decimals, of any metric', () => {
    expect(gate({ metric: 'latency_ms', min: 3, max: 2 })).toEqual(['gates[0]'])
    expect(gate({ metric: 'latency_ms', min: 2, max: 2 })).toEqual([])
    expect(gate({ metric: 'latency_ms', min: 2, max: 3 })).toEqual([])
    expect(gate({ metric: 'macro_f1', min: 2, max: 0.5 })).toEqual(['gates[0].min', 'gates[0]'])
    expect(gate({ metric: 'latency_ms', min: Number.POSITIVE_INFINITY, max: 2 })).toEqual([])
    expect(gate({ metric: 'latency_ms', min: 2, max: Number.NaN })).toEqual([])
    expect(gate({ metric: 'latency_ms', min: 2 })).toEqual([])
    expect(gate({ metric: 'latency_ms', max: 2 })).toEqual([])
  })

  it('accepts true or false for acceptance_pass', () => {
    for (const equals of [true, false]) expect(gate({ metric: 'acceptance_pass', equals })).toEqual([])
    for (const bound of [{ min: 1 }, { max: 1 }, { min: true }])
      expect(gate({ metric: 'acceptance_pass', ...bound })).toEqual([
        `gates[0].${Object.keys(bound)[0]} → equals`,
      ])
    for (const equals of [1, 'true'])
      expect(gate({ metric: 'acceptance_pass', equals })).toEqual(['gates[0].equals → equals'])
  })

  it('leaves bounds of a metric without a name to the shape', () => {
    for (const metric of [undefined, 7, null, ['macro_f1']]) expect(gate({ metric, min: 99 })).toEqual([])
  })
})

describe('rank keys', () => {
  const ranks = (...rank_by: unknown[]) => found({ rank_by })

  it('accepts each rank key once, metrics and fields apart', () => {
    expect(ranks({ metric: 'macro_f1' }, { field: 'macro_f1' }, { metric: 'weighted_f1' })).toEqual([])
    expect(ranks({ metric: 'a' }, { field: 'b' }, { metric: 'a' }, { field: 'b' })).toEqual([
      'rank_by[2]',
      'rank_by[3]',
    ])
    expect(ranks({ metric: 'a', order: 'asc' }, { metric: 'a', order: 'desc' })).toEqual(['rank_by[1]'])
  })

  it('accepts optional ones, but for the first metric', () => {
    const a = { metric: 'a', optional: true }
    const b = { metric: 'b', optional: true }
    expect(ranks(a)).toEqual(['rank_by[0].optional'])
    expect(ranks({ field: 'created_at' }, a, b)).toEqual(['rank_by[1].optional'])
    expect(ranks({ metric: 'a' }, b)).toEqual([])
    expect(ranks({ metric: 'a', optional: false }, b)).toEqual([])
  })

  it('leaves those that name nothing to the shape', () => {
    expect(ranks({}, {}, 7, null, ['x'])).toEqual([])
  })
})

describe('improvement and tolerance', () => {
  const amounts = (over: object) => found({ min_improvement: 1.5, regression_tolerance: 1.5, ...over })
  const both = ['min_improvement', 'regression_tolerance']

  it('cannot exceed 1 where the first metric ranked by is a fraction', () => {
    expect(amounts({})).toEqual([])
    expect(amounts({ rank_by: [{ metric: 'weighted_f1' }] })).toEqual(both)
    expect(amounts({ rank_by: [{ field: 'created_at' }, { metric: 'macro_f1' }] })).toEqual(both)
    expect(amounts({ rank_by: [{ metric: 'latency_ms' }, { metric: 'macro_f1' }] })).toEqual([])
    const rank_by = [{ metric: 'macro_f1' }]
    expect(found({ rank_by, min_improvement: 1, regression_tolerance: 1 })).toEqual([])
    const odd = { min_improvement: Number.POSITIVE_INFINITY, regression_tolerance: '2' }
    expect(found({ rank_by, ...odd })).toEqual([])
  })

  it('has no meaning where the policy ranks by no metric, whatever they are', () => {
    const rank_by = [{ field: 'created_at' }, { field: 'model_id' }]
    expect(amounts({ rank_by })).toEqual(both)
    expect(found({ rank_by, min_improvement: 0, regression_tolerance: 0.02 })).toEqual(both)
    expect(found({ rank_by, regression_tolerance: 'x' })).toEqual(['regression_tolerance'])
    expect(found({ rank_by })).toEqual([])
    expect(found({ rank_by: [], min_improvement: 0.1 })).toEqual([])
    expect(found({ rank_by: [...rank_by, {}], min_improvement: 0.1 })).toEqual([])
  })
})

describe('what is no policy at all', () => {
  it.each([undefined, null, 7, 'x', [], [{ gates: [{ metric: 'macro_f1', min: 9 }] }]])(
    'finds in %j no broken rule',
    (value) => {
      expect(policyRules(value)).toEqual([])
    },
  )

  it('finds no broken rule in gates and rank_by that are not lists', () => {
    expect(found({ gates: { 0: { metric: 'macro_f1', min: 9 } }, rank_by: 'macro_f1' })).toEqual([])
  })
})

describe('what a violation says', () => {
  const messages = (value: unknown): string[] => {
    const parsed = parsePolicy(value)
    return parsed.ok ? [] : parsed.violations.map(({ message }: PolicyViolation) => message)
  }

  it.each<[unknown, string[]]>([
    [{ gates: [{ metric: 'macro_f1', min: 9 }] }, ['9', '0', '1', 'macro_f1']],
    [{ gates: [{ metric: 'x', min: 3, max: 2 }] }, ['3', '2']],
    [
      {
        rank_by: [
          { field: 'model_id', order: 'asc' },
          { field: 'model_id', order: 'asc' },
        ],
      },
      ['model_id'],
    ],
    [
      {
        rank_by: [
          { metric: 'loss', order: 'asc' },
          { metric: 'loss', order: 'asc' },
        ],
      },
      ['loss'],
    ],
    [{ extends: 'default', min_improvement: 1.5 }, ['macro_f1', '1.5']],
    [{ version: 2 }, ['2', '1']],
    [{ version: '2' }, ['"2"', '1']],
    [{ min_improvement: 'x' }, ['finite', '"x"']],
    [{ name: 7 }, ['7']],
    [{ same_eval_dataset: 'yes' }, ['true', 'false', '"yes"']],
    [{ min_improvement: -1 }, ['0', '-1']],
    [{ gates: [{ metric: 'x', equals: null }] }, ['true', 'false', 'null']],
    [{ gates: [{ metric: '', min: 1 }] }, ['empty', '""']],
    [{ rank_by: [{ metric: 'x', order: 'up' }] }, ['asc or desc', '"up"']],
    [{ rank_by: [{ field: 'creatd_at', order: 'asc' }] }, ['created_at', 'model_id']],
    [{ gates: [{}] }, ['min', 'max', 'equals']],
    [{ colour: 1 }, ['gates', 'rank_by', 'min_improvement']],
  ])('names in %j the words %j', (value, facts) => {
    const said = messages(value).join('\n')
    for (const fact of facts) expect(said).toContain(fact)
  })

  it('names a list item that is not an object, and every key of one that is not known', () => {
    const places = (value: unknown) => {
      const parsed = parsePolicy({ extends: 'ungated', regression_tolerance: 0, ...(value as object) })
      return parsed.ok ? [] : parsed.violations.map(({ at }) => at)
    }
    expect(places({ gates: [7, null, []] })).toEqual(['gates[0]', 'gates[1]', 'gates[2]'])
    expect(places({ rank_by: ['macro_f1'] })).toEqual(['rank_by[0]'])
    expect(places({ gates: [{ metric: 'x', atleast: 1, minimum: 2 }] })).toEqual([
      'gates[0]',
      'gates[0].atleast',
      'gates[0].minimum',
    ])
    expect(places({ gates: [{ min: 1 }] })).toEqual(['gates[0].metric'])
    expect(places({ rank_by: [{ order: 'asc' }] })).toEqual(['rank_by[0]'])
  })

  it('has no such key in a violation without a likely meaning', () => {
    const parsed = parsePolicy({
      extends: 'default',
      entirelyelse: 1,
      rank_by: [{ metric: 'x', order: 7 }],
      regression_tolerance: 0,
    })
    expect(parsed.ok ? [] : parsed.violations.map((violation) => Object.keys(violation))).toEqual([
      ['at', 'message'],
      ['at', 'message'],
    ])
  })
})
