import { type Bundle, instantText } from '@taskclf/registry-core'
import { toReportJson } from '@taskclf/selection-policy'
import type { GlobalOptions, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelInspect } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { assumedOf } from '../../shared/assumed.js'
import { registryOf } from '../../shared/open-registry.js'

export { text } from './text.js'

type Json = ModelInspect['metadata']

/** One bundle, and how it does by itself. */
export async function run({ words }: GlobalOptions, context: Context): Promise<Outcome<ModelInspect>> {
  const registry = await registryOf(context)
  const { bundle, active, report } = await registry.inspect(words[0] ?? '')
  const { best, ranked, excluded } = toReportJson(report)
  const { pythonInterop } = context.settings
  const data: ModelInspect = {
    model_id: bundle.modelId,
    path: bundle.path,
    status: bundle.status,
    active,
    eligible: best !== null,
    ...documentsOf(bundle),
    gates: (ranked[0] ?? excluded[0])?.gates ?? [],
    reasons: excluded[0]?.reasons ?? [],
    assumed: bundle.status === 'valid' ? await assumedOf(bundle, { pythonInterop }) : [],
  }
  return { data, exitCode: bundle.status === 'valid' ? EXIT.done : EXIT.no, notes: [] }
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
