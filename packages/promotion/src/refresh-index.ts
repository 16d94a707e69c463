import {
  type BundleMetrics,
  type IndexRanked,
  type IndexRanking,
  type ModelsDirLike,
  requireReadable,
  snapshotBundles,
  writeIndex,
} from '@taskclf/registry-core'
import {
  type Policy,
  type Requirement,
  type SelectionReport,
  type SelectOptions,
  selectBest,
} from '@taskclf/selection-policy'

/** How {@link refreshIndex} selects, and what time it is. */
export interface RefreshIndexOptions extends SelectOptions {
  readonly now: () => Date
  /** Takes over from the index there is what has not changed since (default: every bundle is read). */
  readonly useIndex?: boolean
}

/**
 * Reads every bundle, selects, and writes `index.json`: the ranking and the exclusions for people and for the Python project,
 * and what `listBundles` with `useIndex` needs to spare itself the reading of unchanged bundles. Switching and resolving
 * never read it.
 *
 * @throws RegistryError when the models dir itself cannot be read; `io` when a bundle cannot, for a reason of the
 * environment. DurableFsError `write_failed`, `durability_unknown`.
 * @example
 * ```ts
 * const report = await refreshIndex('models', DEFAULT_POLICY, {}, { withdrawn: [], now: () => new Date() })
 * report.best?.bundle.modelId
 * ```
 */
export async function refreshIndex(
  modelsDir: ModelsDirLike,
  policy: Policy,
  requirement: Requirement,
  options: RefreshIndexOptions,
): Promise<SelectionReport> {
  const { now, useIndex = false, ...select } = options
  const snapshots = await snapshotBundles(modelsDir, { now, useIndex })
  const bundles = snapshots.map(({ bundle }) => bundle)
  requireReadable(bundles)
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
    // A text, as the Python project's cache has it; the empty one is the hash of no schema, so that it is never taken for one.
    schema_hash: requirement.schemas?.[0]?.hash ?? '',
    policy_version: policy.version,
    ranked: ranked.map(({ bundle }) => ({
      model_id: bundle.modelId,
      path: bundle.location,
      ...figures(bundle.metrics),
      created_at: bundle.createdAt.raw,
      eligible: true,
    })),
    excluded: excluded.map(({ modelId, bundle, code, reasons }) => ({
      model_id: modelId,
      path: bundle.location,
      reason: reasons.map(({ message }) => message).join('; '),
      code,
    })),
    best_model_id: best?.bundle.modelId ?? null,
  }
}

/** The Python project's two figures, as far as the bundle has them. */
function figures({ macro_f1, weighted_f1 }: BundleMetrics): Pick<IndexRanked, 'macro_f1' | 'weighted_f1'> {
  return {
    ...(macro_f1 !== undefined && { macro_f1 }),
    ...(weighted_f1 !== undefined && { weighted_f1 }),
  }
}
