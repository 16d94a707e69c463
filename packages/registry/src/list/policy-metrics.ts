import type { Policy } from '@taskclf/selection-policy'

/**
 * The metrics that a policy decides by: those it ranks by in their order, then those that only its gates name.
 *
 * @example
 * ```ts
 * policyMetrics(DEFAULT_POLICY) // ['macro_f1', 'weighted_f1', 'acceptance_pass', 'breakidle_precision', 'min_class_precision']
 * ```
 */
export function policyMetrics({ rank_by, gates }: Policy): readonly string[] {
  return [...new Set([...rank_by, ...gates].flatMap((key) => ('metric' in key ? [key.metric] : [])))]
}
