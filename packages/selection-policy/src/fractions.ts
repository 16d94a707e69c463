/** Those that have a name of their own. */
export const FRACTIONS = ['macro_f1', 'weighted_f1', 'breakidle_precision', 'min_class_precision']

/** Metrics that the metrics contract keeps within 0 and 1. */
export function isFraction(metric: unknown): metric is string {
  if (typeof metric !== 'string') return false
  return FRACTIONS.includes(metric) || /^per_class\..+\.(precision|recall|f1)$/.test(metric)
}

/** The tolerance where a policy states none. Of any other metric nobody knows what is much. */
export function defaultTolerance(metric: unknown): number | undefined {
  return isFraction(metric) ? 0.02 : undefined
}
