import type { BundleMetrics, ClassMetrics } from './metrics.js'

const FRACTIONS = ['macro_f1', 'weighted_f1', 'breakidle_precision', 'min_class_precision'] as const
const CLASS_FRACTIONS = ['precision', 'recall', 'f1'] as const

/** A fraction that misses its bound by rounding is the bound. */
export const toFraction = (value: number): number => Math.min(1, Math.max(0, value))

const isOut = (value: number | undefined): boolean => value !== undefined && (value < 0 || value > 1)

/** The metrics with each fraction from 0 to 1; themselves when they are so already. */
export function withinBounds(metrics: BundleMetrics): BundleMetrics {
  const { per_class: classes } = metrics
  const areClassesOut =
    classes !== undefined &&
    Object.values(classes).some((each) => CLASS_FRACTIONS.some((key) => isOut(each[key])))
  const out = FRACTIONS.filter((key) => isOut(metrics[key]))
  if (out.length === 0 && !areClassesOut) return metrics
  const bounded = { ...metrics }
  for (const key of out) bounded[key] = toFraction(metrics[key] as number)
  if (areClassesOut) {
    bounded.per_class = Object.fromEntries(
      Object.entries(classes).map(([label, figures]) => [label, boundClass(figures)]),
    )
  }
  return bounded
}

function boundClass(figures: ClassMetrics): ClassMetrics {
  const bounded = { ...figures }
  for (const key of CLASS_FRACTIONS) bounded[key] = toFraction(figures[key])
  return bounded
}
