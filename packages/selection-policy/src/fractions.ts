/** Those that have a name of their own. */
export const FRACTIONS = ['macro_f1', 'weighted_f1', 'breakidle_precision', 'min_class_precision']

/** Metrics that the metrics contract keeps within 0 and 1. */
export function isFraction(metric: unknown): metric is string {
  if (typeof metric !== 'string') return false
  return FRACTIONS.includes(metric) || /^per_class\..+\.(precision|recall|f1)$/.test(metric)
}

/**
 * The `regression_tolerance` where a policy states none: 0.02 for the fractions that the metrics contract names. What is
 * little in any other metric nobody knows.
 *
 * @example
 * ```ts
 * defaultTolerance('macro_f1') // 0.02
 * defaultTolerance('rmse') // undefined
 * ```
 */
export function defaultTolerance(metric: unknown): number | undefined {
  return isFraction(metric) ? 0.02 : undefined
}
