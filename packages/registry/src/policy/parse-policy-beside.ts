import type { StoreLike } from '@taskclf/active-pointer'
import { RegistryError } from '@taskclf/registry-core'
import { type ParsedPolicy, parsePolicy } from '@taskclf/selection-policy'
import { listMetrics } from './list-metrics.js'

/**
 * `parsePolicy`; where the policy does not say what it ranks by, with the metrics that the bundles have, as far as they can
 * be read.
 *
 * @example
 * ```ts
 * const parsed = await parsePolicyBeside({ gates: [] }, 'models')
 * if (!parsed.ok) parsed.violations[0]?.message // '… the bundles have auc, log_loss; …'
 * ```
 */
export async function parsePolicyBeside(value: unknown, where: StoreLike): Promise<ParsedPolicy> {
  const parsed = parsePolicy(value)
  if (parsed.ok || !parsed.violations.some(({ at, code }) => at === 'rank_by' && code !== undefined)) {
    return parsed
  }
  try {
    const metrics = (await listMetrics(where)).map(({ metric }) => metric)
    return parsePolicy(value, { metrics })
  } catch (error) {
    // The policy is what is wrong, and nobody asked about the bundles.
    if (error instanceof RegistryError) return parsed
    throw error
  }
}
