import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import {
  checkRegression,
  DEFAULT_POLICY,
  type Policy,
  type SelectOptions,
  selectBest,
  shouldSwitchActive,
  toDecision,
} from '@taskclf/selection-policy'
import { describe, expect, it } from 'vitest'
import { makeBundle, makeInvalid, without } from './make-bundle.js'

const LOSS: Policy = { ...DEFAULT_POLICY, rank_by: [{ metric: 'loss', order: 'asc' }], min_improvement: 0.1 }
const NEWEST: Policy = {
  ...DEFAULT_POLICY,
  rank_by: [{ field: 'created_at', order: 'desc' }],
  min_improvement: 0.5,
}
const gaining = (min_improvement: number): Policy => ({ ...DEFAULT_POLICY, min_improvement })

function decide(
  bundles: Bundle[],
  incumbent: Bundle | undefined,
  policy = DEFAULT_POLICY,
  options: SelectOptions = {},
) {
  return shouldSwitchActive(selectBest(bundles, policy, {}, options), incumbent, policy)
}

/** Two bundles that differ in one metric; does the first take over from the second? */
function duel(name: string, candidate: number, incumbent: number, policy: Policy) {
  const sides = [
    makeBundle('candidate', { [name]: candidate }),
    makeBundle('incumbent', { [name]: incumbent }),
  ] as const
  return decide([...sides], sides[1], policy)
}

describe('switching the active model', () => {
  it('does nothing when nothing is eligible, whatever is active', () => {
    const broken = makeInvalid('broken')
    expect(decide([broken], undefined)).toMatchObject({ switch: false, code: 'no_candidate' })
    expect(decide([broken], broken)).toMatchObject({ switch: false, code: 'no_candidate' })
    expect(decide([broken], broken)).not.toHaveProperty('candidate')
  })

  it('fills an empty place', () => {
    const decision = decide([makeBundle('a')], undefined)
    expect(decision).toMatchObject({ switch: true, code: 'no_incumbent', candidate: { modelId: 'a' } })
    expect(decision).not.toHaveProperty('incumbent')
  })

  it('replaces a champion that is invalid, incompatible, gated, withdrawn or superseded', () => {
    const best = makeBundle('best', { macro_f1: 0.1 })
    const failing = makeBundle('failing', { breakidle_precision: 0.1 })
    const cases: [Bundle, SelectOptions, string][] = [
      [makeInvalid('broken'), {}, 'missing_metadata'],
      [failing, {}, 'below_min'],
      [makeBundle('left'), { withdrawn: ['left'] }, 'withdrawn'],
    ]
    for (const [incumbent, options, code] of cases) {
      const decision = decide([best, incumbent], incumbent, gaining(0.5), options)
      expect(decision).toMatchObject({
        switch: true,
        code: 'incumbent_ineligible',
        candidate: { modelId: 'best' },
      })
      expect(decision.incumbent?.reasons?.[0]?.code).toBe(code)
    }
    const other = makeBundle('other', { macro_f1: 1 }, { schema_hash: 'b' })
    for (const schemas of [[{ hash: 'aaaaaaaaaaaa' }], [{ hash: 'aaaaaaaaaaaa' }, { hash: 'b' }]]) {
      for (const bundles of [[best, other], [best]]) {
        const report = selectBest(bundles, DEFAULT_POLICY, { schemas })
        expect(shouldSwitchActive(report, other, DEFAULT_POLICY).code).toBe('incumbent_ineligible')
      }
    }
  })

  it('judges a champion that the report does not know', () => {
    const best = makeBundle('best')
    const report = selectBest([best], DEFAULT_POLICY, {})
    const better = makeBundle('better', { macro_f1: 0.95 })
    expect(shouldSwitchActive(report, better, DEFAULT_POLICY).code).toBe('not_outranking')
    expect(shouldSwitchActive(report, makeInvalid('gone'), DEFAULT_POLICY).code).toBe('incumbent_ineligible')
    const since = selectBest([best, makeBundle('now-broken', { macro_f1: 0.5 })], DEFAULT_POLICY, {})
    expect(shouldSwitchActive(since, makeInvalid('now-broken'), DEFAULT_POLICY).code).toBe(
      'incumbent_ineligible',
    )
    expect(shouldSwitchActive(report, makeInvalid('best'), DEFAULT_POLICY).code).toBe('same_model')
  })

  it('leaves the best alone', () => {
    const best = makeBundle('best')
    expect(decide([best], best)).toMatchObject({ switch: false, code: 'same_model' })
  })

  it.each([
    [0.85, 0.8, 0.05, true, '0.05'],
    [0.84, 0.8, 0.05, false, '0.04'],
    [0.8, 0.7, 0.1, true, '0.1'],
    [0.3, 0.1, 0.2, true, '0.2'],
    [0.8, 0.8, 0, true, '0'],
  ])(
    'compares macro F1 %d with %d, minimum gain %d: %s',
    (candidate, incumbent, required, expected, gain) => {
      const policy = gaining(required)
      const decision = decide(
        [makeBundle('a', { macro_f1: candidate }), makeBundle('b', { macro_f1: incumbent })],
        makeBundle('b', { macro_f1: incumbent }),
        policy,
      )
      expect(decision).toMatchObject({
        switch: expected,
        code: expected ? 'better' : 'gain_too_small',
        gain,
        required: String(required),
      })
    },
  )

  it('measures the gain along the order of the first rank metric', () => {
    expect(duel('loss', 0.2, 0.3, LOSS)).toMatchObject({ switch: true, code: 'better', gain: '0.1' })
    expect(duel('loss', 0.21, 0.3, LOSS)).toMatchObject({
      switch: false,
      code: 'gain_too_small',
      gain: '0.09',
    })
  })

  it('replaces a champion without the first rank metric, and says so; accepts no best model without it', () => {
    const [has, lacks] = [makeBundle('has', { loss: 3 }), makeBundle('lacks')]
    for (const bundles of [[has, lacks], [has]]) {
      const decision = decide(bundles, lacks, LOSS)
      expect(decision).toMatchObject({ switch: true, code: 'incumbent_ineligible' })
      expect(decision.incumbent?.reasons).toMatchObject([{ stage: 'metrics', code: 'metric_absent' }])
      expect(decision.message).toContain('loss')
      expect(decision).not.toHaveProperty('gain')
    }
    expect(decide([lacks, makeBundle('another')], has, LOSS)).toMatchObject({ code: 'no_candidate' })
  })

  it('never compares without the metric, under a policy that the report was not made by either', () => {
    const [has, lacks] = [makeBundle('has', { loss: 3 }), makeBundle('a-lacks', { macro_f1: 0.95 })]
    const report = selectBest([has, lacks], DEFAULT_POLICY, {})
    expect(shouldSwitchActive(report, has, LOSS).switch).toBe(false)
    const byTime: Policy = { ...LOSS, rank_by: [{ field: 'model_id', order: 'asc' }, ...LOSS.rank_by] }
    expect(shouldSwitchActive(report, has, byTime)).toMatchObject({ switch: false, code: 'no_candidate' })
    const other = selectBest([makeBundle('a-has', { macro_f1: 0.99, loss: 1 })], DEFAULT_POLICY, {})
    expect(shouldSwitchActive(other, lacks, LOSS)).toMatchObject({
      switch: true,
      code: 'incumbent_ineligible',
    })
  })

  it('measures the gain on the first metric, also where a field ranks before it', () => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      rank_by: [...NEWEST.rank_by, { metric: 'macro_f1', order: 'desc' }],
    }
    const older = makeBundle('older')
    const newer = (macro_f1: number) => makeBundle('newer', { macro_f1 }, { created_at: '2027-01-01' })
    expect(decide([newer(0.9), older], older, policy)).toMatchObject({ switch: true, gain: '0' })
    expect(decide([newer(0.89), older], older, policy)).toMatchObject({
      switch: false,
      code: 'gain_too_small',
      gain: '-0.01',
    })
  })

  it('asks for no gain where the policy ranks by no metric', () => {
    const [newer, older] = [makeBundle('newer', {}, { created_at: '2027-01-01' }), makeBundle('older')]
    expect(decide([newer, older], older, NEWEST)).toMatchObject({ switch: true, code: 'better' })
    expect(decide([newer, older], older, NEWEST)).not.toHaveProperty('gain')
  })

  it('is recorded in a few lines', () => {
    const bundles = [makeBundle('a', { macro_f1: 0.95 }), makeBundle('b'), makeInvalid('c'), makeInvalid('d')]
    const report = selectBest(bundles, DEFAULT_POLICY, {})
    const score = { weighted_f1: 0.91, created_at: '2026-03-01T00:00:00+00:00' }
    expect(toDecision(report, shouldSwitchActive(report, bundles[1], DEFAULT_POLICY))).toMatchObject({
      code: 'better',
      gain: '0.05',
      required: '0',
      candidate: { model_id: 'a', score: { ...score, macro_f1: 0.95 }, gates: [{}, {}, {}] },
      runner_up: { model_id: 'b' },
      incumbent: { model_id: 'b', score: { ...score, macro_f1: 0.9 } },
      eligible: 2,
      excluded: { invalid: 2 },
      requirement: {},
    })
    const broken = shouldSwitchActive(report, bundles[2], DEFAULT_POLICY)
    expect(toDecision(report, broken).incumbent).toEqual({ model_id: 'c' })
    expect(toDecision(selectBest([], DEFAULT_POLICY, {}))).toEqual({
      eligible: 0,
      excluded: {},
      requirement: {},
    })
  })
})

describe('comparing a candidate with the champion', () => {
  const check = (candidate: ValidBundle, champion: ValidBundle, policy = DEFAULT_POLICY) =>
    checkRegression(candidate, champion, policy)
  const scored = (macro_f1: number, more: object = {}) => makeBundle(`m-${macro_f1}`, { macro_f1, ...more })

  it.each([
    [0.85, 0.87, true, '0.02'],
    [0.8499, 0.87, false, '0.0201'],
    [0.9, 0.87, true, '-0.03'],
    [0.08, 0.1, true, '0.02'],
  ])('compares %d with %d: %s, %s worse', (candidate, champion, passed, drop) => {
    expect(check(scored(candidate), scored(champion))).toMatchObject({
      passed,
      code: passed ? 'within_tolerance' : 'regressed',
      metric: 'macro_f1',
      candidate,
      champion,
      drop,
      tolerance: 0.02,
      likeForLike: true,
      warnings: [],
    })
  })

  it('measures the drop along the order of the metric', () => {
    const loss = (value: number) => makeBundle('x', { loss: value })
    expect(check(loss(0.33), loss(0.3), LOSS)).toMatchObject({ passed: false, drop: '0.03' })
    expect(check(loss(0.1), loss(0.3), LOSS)).toMatchObject({ passed: true, drop: '-0.2' })
  })

  it('uses the first rank key that is a metric, and passes where there is none', () => {
    const policy: Policy = {
      ...NEWEST,
      rank_by: [...NEWEST.rank_by, { metric: 'weighted_f1', order: 'desc' }],
    }
    expect(check(scored(0.1), scored(0.9), policy)).toMatchObject({
      passed: true,
      metric: 'weighted_f1',
      drop: '0',
    })
    expect(check(scored(0.1), scored(0.9), NEWEST)).toMatchObject({
      passed: true,
      code: 'not_compared',
      metric: undefined,
      tolerance: undefined,
      drop: undefined,
    })
  })

  it('fails a candidate without the metric, and one that has no champion with it to be compared with', () => {
    const bare = without(scored(0.9), 'macro_f1')
    for (const champion of [scored(0.1), bare]) {
      expect(check(bare, champion)).toMatchObject({ passed: false, code: 'metric_absent', drop: undefined })
    }
    expect(check(scored(0.1), bare)).toMatchObject({
      passed: false,
      code: 'champion_metric_absent',
      champion: undefined,
      warnings: [],
    })
  })

  it('marks different evaluation sets, and refuses them under same_eval_dataset', () => {
    const strict: Policy = { ...DEFAULT_POLICY, same_eval_dataset: true }
    const on = (eval_dataset_id: string | undefined) =>
      eval_dataset_id === undefined ? scored(0.9) : scored(0.9, { eval_dataset_id })
    const outcome = (a: string | undefined, b: string | undefined, policy: Policy) => {
      const { passed, code, likeForLike, warnings } = check(on(a), on(b), policy)
      return [passed, code, likeForLike, warnings.map((warning) => warning.code)]
    }
    expect(outcome('x', 'x', DEFAULT_POLICY)).toEqual([true, 'within_tolerance', true, []])
    expect(outcome('x', 'y', DEFAULT_POLICY)).toEqual([
      true,
      'within_tolerance',
      false,
      ['eval_dataset_differs'],
    ])
    expect(outcome('x', undefined, DEFAULT_POLICY)).toEqual([
      true,
      'within_tolerance',
      false,
      ['eval_dataset_differs'],
    ])
    expect(outcome(undefined, undefined, DEFAULT_POLICY)).toEqual([true, 'within_tolerance', true, []])
    expect(outcome('x', 'x', strict)).toEqual([true, 'within_tolerance', true, []])
    expect(outcome('x', 'y', strict)).toEqual([false, 'not_like_for_like', false, ['eval_dataset_differs']])
    expect(outcome(undefined, 'y', strict)).toEqual([
      false,
      'not_like_for_like',
      false,
      ['eval_dataset_differs'],
    ])
    expect(outcome(undefined, undefined, strict)).toEqual([false, 'not_like_for_like', true, []])
  })
})
