import { BUNDLE_FILES } from './bundle-files.js'
import { copyDocument } from './copy-document.js'
import { keyPath } from './describe.js'
import type { BundleMetrics, ClassMetrics } from './metrics.js'
import { onDemand } from './on-demand.js'
import type { BundleWarning } from './problems.js'
import { withinBounds } from './within-bounds.js'

/** Figures are published with four decimals; more than this apart is another figure. */
const TOLERANCE = 0.0005
const BREAK_IDLE = 'BreakIdle'

/** Metrics with what can be derived filled in. What is stated is never replaced. */
export interface DerivedMetrics {
  metrics: BundleMetrics
  derived: string[]
  warnings: BundleWarning[]
}

/**
 * Fills in `per_class`, `breakidle_precision` and `min_class_precision` from the confusion matrix and
 * `acceptance_pass` from `acceptance_checks`, where they are absent, and compares what is stated with them. A fraction that misses its
 * bound by rounding is taken as the bound.
 */
export function deriveMetrics(given: BundleMetrics): DerivedMetrics {
  const stated = withinBounds(given)
  const metrics = copyDocument(stated)
  const derived: string[] = []
  const warnings: BundleWarning[] = []
  const { confusion_matrix: matrix, label_names: labels, acceptance_checks: checks } = stated
  if (matrix !== undefined && labels !== undefined) {
    const figures = figuresOf(matrix, labels)
    if (stated.per_class === undefined) derived.push('per_class')
    if (stated.breakidle_precision === undefined && figures.breakIdle !== undefined) {
      metrics.breakidle_precision = figures.breakIdle
      derived.push('breakidle_precision')
    }
    if (stated.min_class_precision === undefined) {
      metrics.min_class_precision = figures.minPrecision
      derived.push('min_class_precision')
    }
    warnings.push(...contradictions(stated, figures))
  }
  const all = checks === undefined ? [] : Object.values(checks)
  if (all.length > 0) {
    const pass = all.every((check) => check)
    if (stated.acceptance_pass === undefined) {
      metrics.acceptance_pass = pass
      derived.push('acceptance_pass')
    } else if (stated.acceptance_pass && !pass) warnings.push(ACCEPTED_AGAINST_CHECKS)
  }
  // Last, as in a bundle of the index: the order of keys is the same there.
  if (derived.includes('per_class')) withPerClass(metrics)
  return { metrics, derived, warnings }
}

/** Gives metrics the `per_class` of their confusion matrix. */
export function withPerClass(metrics: BundleMetrics): BundleMetrics {
  return Object.defineProperty(metrics, 'per_class', PER_CLASS)
}

/** Few ask, and it would be a fifth of what a list of bundles holds in memory. */
const PER_CLASS = onDemand('per_class', ({ confusion_matrix, label_names }: BundleMetrics) =>
  perClassOf(classesOf(confusion_matrix ?? [], label_names ?? [])),
)

const ACCEPTED_AGAINST_CHECKS: BundleWarning = {
  code: 'acceptance_contradicts_checks',
  file: BUNDLE_FILES.metrics,
  at: 'acceptance_pass',
  message:
    'acceptance_pass is true although one of acceptance_checks is false; the stated acceptance_pass counts',
}

interface LabelledClass extends ClassMetrics {
  label: string
  /** How often it was predicted. */
  predicted: number
}

interface Figures {
  classes: readonly LabelledClass[]
  /** Both readings of "macro": over all labels, and over those that occur or were predicted. */
  macroF1: readonly number[]
  weightedF1: number | undefined
  breakIdle: number | undefined
  minPrecision: number
}

/** All figures that follow from the matrix, unrounded. */
export function figuresOf(matrix: readonly (readonly number[])[], labels: readonly string[]): Figures {
  const classes = classesOf(matrix, labels)
  const total = sum(classes.map((each) => each.support))
  const present = classes.filter((each) => each.support > 0 || each.predicted > 0)
  const mean = (over: readonly ClassMetrics[]) => sum(over.map((each) => each.f1)) / over.length
  return {
    classes,
    macroF1: present.length === 0 ? [0] : [mean(classes), mean(present)],
    weightedF1: total === 0 ? undefined : sum(classes.map((each) => each.f1 * each.support)) / total,
    breakIdle: classes.find((each) => each.label === BREAK_IDLE)?.precision,
    minPrecision: classes.reduce((least, each) => Math.min(least, each.precision), 1),
  }
}

function classesOf(matrix: readonly (readonly number[])[], labels: readonly string[]): LabelledClass[] {
  return labels.map((label, i) => {
    const row = matrix[i] ?? []
    const hits = row[i] ?? 0
    const support = sum(row)
    const predicted = matrix.reduce((count, { [i]: cell = 0 }) => count + cell, 0)
    const precision = predicted === 0 ? 0 : hits / predicted
    const recall = support === 0 ? 0 : hits / support
    const f1 = hits === 0 ? 0 : (2 * hits) / (support + predicted)
    return { label, predicted, precision, recall, f1, support }
  })
}

function perClassOf(classes: readonly LabelledClass[]): Record<string, ClassMetrics> {
  // fromEntries defines its keys, so that a label named __proto__ stays a label.
  return Object.fromEntries(
    classes.map(({ label, precision, recall, f1, support }) => [label, { precision, recall, f1, support }]),
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

function contradictions(stated: BundleMetrics, figures: Figures): BundleWarning[] {
  const warnings = [
    ...compare(['macro_f1'], stated.macro_f1, figures.macroF1),
    ...compare(['weighted_f1'], stated.weighted_f1, [figures.weightedF1]),
    ...compare(['breakidle_precision'], stated.breakidle_precision, [figures.breakIdle]),
    ...compare(['min_class_precision'], stated.min_class_precision, [figures.minPrecision]),
  ]
  if (stated.per_class === undefined) return warnings
  const computed = new Map(figures.classes.map((each) => [each.label, each]))
  const given = Object.keys(stated.per_class)
  if (given.length !== computed.size || !given.every((label) => computed.has(label))) {
    const message = 'per_class and label_names name different classes; gates read per_class as it is stated'
    warnings.push({ code: 'per_class_differs', file: BUNDLE_FILES.metrics, at: 'per_class', message })
  }
  const classes = given.flatMap((label) =>
    compareClass(label, stated.per_class?.[label], computed.get(label)),
  )
  return [...warnings, ...classes]
}

function compareClass(
  label: string,
  stated: ClassMetrics | undefined,
  found: ClassMetrics | undefined,
): BundleWarning[] {
  return (['precision', 'recall', 'f1', 'support'] as const).flatMap((key) =>
    compare(['per_class', label, key], stated?.[key], [found?.[key]]),
  )
}

function compare(
  path: string[],
  stated: number | undefined,
  figures: readonly (number | undefined)[],
): BundleWarning[] {
  // The least of slack for decimals: 0.8005 and 0.8 are 0.0005 apart, whatever binary makes of them.
  const agrees = figures.some(
    (figure) => figure === undefined || Math.abs(figure - (stated ?? figure)) <= TOLERANCE + 1e-12,
  )
  if (agrees) return []
  const at = keyPath(path)
  const computed = (figures[0] ?? 0).toFixed(6)
  const message = `${at} is stated as ${stated}, but confusion_matrix gives ${computed}; measure again, or correct the one that is wrong`
  return [{ code: 'metrics_contradict_matrix', file: BUNDLE_FILES.metrics, at, message }]
}
