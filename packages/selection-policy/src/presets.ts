import type { Policy } from './policy.js'

/**
 * The default policy: BreakIdle precision of at least 0.95, no class below 0.5, the trainer's own acceptance; then
 * macro F1, weighted F1 and the newest.
 *
 * @example
 * ```ts
 * selectBest(bundles, DEFAULT_POLICY, {})
 * ```
 */
export const DEFAULT_POLICY: Policy = deepFreeze({
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

/**
 * The default ranking without gates: what the Python project does when it selects.
 *
 * @example
 * ```ts
 * selectBest(bundles, UNGATED_POLICY, { schemas: [{ hash: '7f29b4b8795e', version: 'v3' }] })
 * ```
 */
export const UNGATED_POLICY: Policy = deepFreeze({ ...DEFAULT_POLICY, gates: [] })

/** A policy that has a name. */
export type PresetName = 'default' | 'ungated' | 'classification' | 'latest'

/**
 * The policies that have a name, which a policy file may extend: `classification` ranks by macro F1 and weighted F1 without
 * gates, `latest` takes the newest bundle and compares no metric.
 *
 * @example
 * ```ts
 * POLICY_PRESETS.latest.rank_by // [{ field: 'created_at', order: 'desc' }]
 * ```
 */
export const POLICY_PRESETS: Readonly<Record<PresetName, Policy>> = deepFreeze({
  default: DEFAULT_POLICY,
  ungated: UNGATED_POLICY,
  classification: {
    ...UNGATED_POLICY,
    rank_by: [
      { metric: 'macro_f1', order: 'desc' },
      { metric: 'weighted_f1', order: 'desc' },
    ],
  },
  latest: {
    version: 1,
    gates: [],
    rank_by: [{ field: 'created_at', order: 'desc' }],
    same_eval_dataset: false,
  },
})

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
