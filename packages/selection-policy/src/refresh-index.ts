import { type IndexRanking, snapshotBundles, writeIndex } from '@taskclf/registry-core'
import type { Policy } from './policy.js'
import type { Requirement } from './requirement.js'
import { type SelectionReport, type SelectOptions, selectBest } from './select-best.js'

/** How {@link refreshIndex} selects, and what time it is. */
export interface RefreshIndexOptions extends SelectOptions {
  readonly now: () => Date
}

/**
 * Reads every bundle, selects, and writes `index.json`: the ranking and the exclusions for people and for the Python project,
 * and what `listBundles` with `useIndex` needs to spare itself the reading of unchanged bundles. Switching and resolving
 * never read it.
 *
 * @throws RegistryError when the models dir itself cannot be read. DurableFsError `write_failed`, `durability_unknown`.
 * @example
 * ```ts
 * const report = await refreshIndex('models', DEFAULT_POLICY, {}, { withdrawn: [], now: () => new Date() })
 * report.best?.bundle.modelId
 * ```
 */
export async function refreshIndex(
  modelsDir: string,
  policy: Policy,
  requirement: Requirement,
  options: RefreshIndexOptions,
): Promise<SelectionReport> {
  const { now, ...select } = options
  const snapshots = await snapshotBundles(modelsDir, { now })
  const bundles = snapshots.map(({ bundle }) => bundle)
  const report = selectBest(bundles, policy, requirement, select)
  await writeIndex(modelsDir, { snapshots, ranking: toRanking(report, now()) })
  return report
}

function toRanking(
  { best, ranked, excluded, policy, requirement }: SelectionReport,
  now: Date,
): IndexRanking {
  return {
    generated_at: now.toISOString(),
    schema_hash: requirement.schemas?.[0]?.hash ?? null,
    policy_version: policy.version,
    ranked: ranked.map(({ bundle }) => ({
      model_id: bundle.modelId,
      path: bundle.path,
      macro_f1: bundle.metrics.macro_f1,
      weighted_f1: bundle.metrics.weighted_f1,
      created_at: bundle.createdAt.raw,
      eligible: true,
    })),
    excluded: excluded.map(({ modelId, bundle, code, reasons }) => ({
      model_id: modelId,
      path: bundle.path,
      reason: reasons.map(({ message }) => message).join('; '),
      code,
    })),
    best_model_id: best?.bundle.modelId ?? null,
  }
}
