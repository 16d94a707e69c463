import type { Inspection } from '@taskclf/registry'
import { type Bundle, instantText } from '@taskclf/registry-core'
import { toReportJson } from '@taskclf/selection-policy'
import type { ModelInspect } from './model.js'

type Json = ModelInspect['metadata']

/** One model by itself; what predicting with it has to assume is found by who loads it. */
export function toInspectJson(
  { bundle, active, report }: Inspection,
  assumed: ModelInspect['assumed'],
  importance: ModelInspect['importance'] = null,
): ModelInspect {
  const { best, ranked, excluded } = toReportJson(report)
  return {
    model_id: bundle.modelId,
    path: bundle.location,
    status: bundle.status,
    active,
    eligible: best !== null,
    ...documentsOf(bundle),
    gates: (ranked[0] ?? excluded[0])?.gates ?? [],
    reasons: excluded[0]?.reasons ?? [],
    assumed,
    importance,
  }
}

/** What the documents say; of an invalid bundle whatever could be read. */
function documentsOf(
  bundle: Bundle,
): Pick<
  ModelInspect,
  'created_at_utc' | 'metadata' | 'metrics' | 'derived' | 'artifacts' | 'manifest' | 'problems' | 'warnings'
> {
  if (bundle.status === 'invalid') {
    const { metadata = null, metrics = null, createdAt } = bundle.partial
    return {
      created_at_utc: createdAt === undefined ? null : instantText(createdAt.epochMicros),
      // Both came out of a JSON file.
      metadata: metadata as Json,
      metrics: metrics as Json,
      derived: { metadata: [], metrics: [] },
      artifacts: [],
      manifest: false,
      problems: bundle.problems.map((problem) => ({ ...problem })),
      warnings: [],
    }
  }
  return {
    created_at_utc: instantText(bundle.createdAt.epochMicros),
    metadata: bundle.metadata as Json,
    metrics: bundle.metrics as Json,
    derived: { metadata: [...bundle.derived.metadata], metrics: [...bundle.derived.metrics] },
    artifacts: [...bundle.artifacts],
    manifest: bundle.manifest !== undefined,
    problems: [],
    warnings: bundle.warnings.map((warning) => ({ ...warning })),
  }
}
