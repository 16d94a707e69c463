import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveMetrics } from '../src/format/derive-metrics.js'
import type { BundleMetrics } from '../src/format/metrics.js'

const LABELS = ['BreakIdle', 'Build', 'Write']
const MATRIX = [
  [8, 2, 0],
  [0, 5, 5],
  [2, 0, 8],
]
// BreakIdle 8/10 both; Build 5/7 and 5/10; Write 8/13 and 8/10.
const EXACT = {
  macro_f1: (0.8 + (2 * 5) / (10 + 7) + (2 * 8) / (10 + 13)) / 3,
  weighted_f1: (0.8 + (2 * 5) / (10 + 7) + (2 * 8) / (10 + 13)) / 3,
}

const withMatrix = (over: Partial<BundleMetrics> = {}): BundleMetrics => ({
  ...EXACT,
  confusion_matrix: MATRIX,
  label_names: LABELS,
  ...over,
})

const contradicted = (metrics: BundleMetrics) =>
  deriveMetrics(metrics)
    .warnings.filter((warning) => warning.code === 'metrics_contradict_matrix')
    .map((warning) => warning.at)

describe('deriveMetrics', () => {
  it('derives what is absent from the matrix, unrounded, and says so', () => {
    const { metrics, derived, warnings } = deriveMetrics(withMatrix())
    expect(derived).toEqual(['per_class', 'breakidle_precision', 'min_class_precision'])
    expect(metrics.breakidle_precision).toBe(0.8)
    expect(metrics.min_class_precision).toBe(8 / 13)
    expect(metrics.per_class?.Build).toEqual({ precision: 5 / 7, recall: 0.5, f1: 10 / 17, support: 10 })
    expect(warnings).toEqual([])
  })

  it('never replaces what is stated', () => {
    const { metrics, derived } = deriveMetrics(
      withMatrix({ breakidle_precision: 0.1, min_class_precision: 0.2, per_class: {} }),
    )
    expect(derived).toEqual([])
    expect(metrics).toMatchObject({ breakidle_precision: 0.1, min_class_precision: 0.2, per_class: {} })
  })

  it('has no breakidle_precision without a class of that name, and derives nothing without a matrix', () => {
    expect(deriveMetrics(withMatrix({ label_names: ['a', 'b', 'c'] })).derived).not.toContain(
      'breakidle_precision',
    )
    expect(deriveMetrics({ macro_f1: 0.9, weighted_f1: 0.9, label_names: LABELS }).derived).toEqual([])
  })

  it('gives a class never predicted precision 0, and one that never occurs recall 0', () => {
    const matrix = [
      [4, 0, 1],
      [5, 0, 0],
      [0, 0, 0],
    ]
    const { metrics } = deriveMetrics(withMatrix({ confusion_matrix: matrix }))
    expect(metrics.min_class_precision).toBe(0)
    expect(metrics.per_class?.Build).toEqual({ precision: 0, recall: 0, f1: 0, support: 5 })
    expect(metrics.per_class?.Write).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 })
  })

  it('takes a macro mean over all classes and one over those that occur', () => {
    const matrix = [
      [9, 1, 0],
      [0, 10, 0],
      [0, 0, 0],
    ]
    const [a, b] = [18 / 19, 20 / 21]
    const weighted_f1 = (a + b) / 2
    expect(
      contradicted(withMatrix({ confusion_matrix: matrix, macro_f1: (a + b) / 2, weighted_f1 })),
    ).toEqual([])
    expect(
      contradicted(withMatrix({ confusion_matrix: matrix, macro_f1: (a + b) / 3, weighted_f1 })),
    ).toEqual([])
    expect(contradicted(withMatrix({ confusion_matrix: matrix, macro_f1: 0.8, weighted_f1 }))).toEqual([
      'macro_f1',
    ])
  })

  it('counts a class as occurring that was only predicted, or only there', () => {
    // a is right, b is always taken for c, which never occurs; d is neither there nor predicted.
    const matrix = [
      [9, 0, 1, 0],
      [0, 0, 5, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]
    const f1 = 18 / 19
    const over = (classes: number) =>
      contradicted({
        macro_f1: f1 / classes,
        weighted_f1: (f1 * 10) / 15,
        confusion_matrix: matrix,
        label_names: ['a', 'b', 'c', 'd'],
      })
    expect(over(3)).toEqual([])
    expect(over(4)).toEqual([])
    expect(over(2)).toEqual(['macro_f1'])
    expect(over(1)).toEqual(['macro_f1'])
  })

  it('does not divide by an empty matrix', () => {
    const empty = { macro_f1: 0, weighted_f1: 0.7, confusion_matrix: [[0]], label_names: ['x'] }
    expect(contradicted(empty)).toEqual([])
    const { metrics } = deriveMetrics(withMatrix({ confusion_matrix: [[0]], label_names: ['BreakIdle'] }))
    expect(metrics.min_class_precision).toBe(0)
    expect(contradicted(withMatrix({ confusion_matrix: [[0]], label_names: ['x'] }))).toEqual(['macro_f1'])
  })

  it('keeps a class named __proto__ a class', () => {
    const { metrics } = deriveMetrics(withMatrix({ confusion_matrix: [[3]], label_names: ['__proto__'] }))
    expect(Object.keys(metrics.per_class ?? {})).toEqual(['__proto__'])
  })

  it('warns of every stated figure that is more than 0.0005 off, and of none that is rounded', () => {
    const stated = withMatrix({
      breakidle_precision: 0.8005,
      min_class_precision: 0.6154,
      macro_f1: 0.6947,
      weighted_f1: 0.6947,
    })
    const off = (key: 'macro_f1' | 'weighted_f1') =>
      contradicted({ ...stated, [key]: (stated[key] ?? 0) + 0.001 })
    expect(contradicted(stated)).toEqual([])
    expect(contradicted(withMatrix({ breakidle_precision: 0.8006 }))).toEqual(['breakidle_precision'])
    expect(contradicted(withMatrix({ min_class_precision: 0.7 }))).toEqual(['min_class_precision'])
    expect(off('macro_f1')).toEqual(['macro_f1'])
    expect(off('weighted_f1')).toEqual(['weighted_f1'])
  })

  it('compares per_class key by key, and names classes that are not in the matrix', () => {
    const right = { precision: 0.8, recall: 0.8, f1: 0.8, support: 10 }
    const per_class = { BreakIdle: { ...right, recall: 0.9, support: 11 }, Other: right }
    const { warnings } = deriveMetrics(withMatrix({ per_class }))
    expect(warnings.map((warning) => [warning.code, warning.at])).toEqual([
      ['per_class_differs', 'per_class'],
      ['metrics_contradict_matrix', 'per_class.BreakIdle.recall'],
      ['metrics_contradict_matrix', 'per_class.BreakIdle.support'],
    ])
  })

  it('names different classes when one is missing, or one is called otherwise', () => {
    const { metrics } = deriveMetrics(withMatrix())
    const { BreakIdle, Build, Write } = metrics.per_class ?? {}
    const codes = (per_class: object) =>
      deriveMetrics(withMatrix({ per_class: per_class as BundleMetrics['per_class'] })).warnings.map(
        (warning) => warning.code,
      )
    expect(codes({ BreakIdle, Build, Write })).toEqual([])
    expect(codes({ BreakIdle, Build })).toEqual(['per_class_differs'])
    expect(codes({ BreakIdle, Build, Written: Write })).toEqual(['per_class_differs'])
    expect(codes({ BreakIdle, Build, Write, Other: Write })).toEqual(['per_class_differs'])
  })

  it('derives acceptance_pass from the checks, but not from none', () => {
    const base = { macro_f1: 0.9, weighted_f1: 0.9 }
    expect(deriveMetrics({ ...base, acceptance_checks: { a: true } }).derived).toEqual(['acceptance_pass'])
    expect(deriveMetrics({ ...base, acceptance_checks: { a: true, b: true } }).metrics.acceptance_pass).toBe(
      true,
    )
    expect(deriveMetrics({ ...base, acceptance_checks: { a: true, b: false } }).metrics.acceptance_pass).toBe(
      false,
    )
    expect(deriveMetrics({ ...base, acceptance_checks: {} }).derived).toEqual([])
    const stated = deriveMetrics({ ...base, acceptance_checks: { a: false }, acceptance_pass: true })
    expect(stated.metrics.acceptance_pass).toBe(true)
    expect(stated.warnings.map((warning) => warning.code)).toEqual(['acceptance_contradicts_checks'])
    expect(
      deriveMetrics({ ...base, acceptance_checks: { a: true }, acceptance_pass: false }).warnings,
    ).toEqual([])
  })

  it('agrees with counting one example at a time', () => {
    const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(pairs, (examples) => {
        const labels = ['a', 'b', 'c', 'BreakIdle']
        const confusion_matrix = labels.map((_, i) =>
          labels.map((_, j) => examples.filter(([truth, guess]) => truth === i && guess === j).length),
        )
        const { metrics } = deriveMetrics({
          macro_f1: 0,
          weighted_f1: 0,
          confusion_matrix,
          label_names: labels,
        })
        labels.forEach((label, k) => {
          const guessed = examples.filter(([, guess]) => guess === k)
          const right = guessed.filter(([truth]) => truth === k).length
          const support = examples.filter(([truth]) => truth === k).length
          const precision = guessed.length === 0 ? 0 : right / guessed.length
          const recall = support === 0 ? 0 : right / support
          const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
          expect(metrics.per_class?.[label]).toEqual({
            precision,
            recall,
            f1: expect.closeTo(f1, 12) as number,
            support,
          })
        })
        const precisions = labels.map((label) => metrics.per_class?.[label]?.precision ?? -1)
        expect(metrics.min_class_precision).toBe(Math.min(...precisions))
        expect(metrics.breakidle_precision).toBe(precisions[3])
      }),
    )
  })
})
