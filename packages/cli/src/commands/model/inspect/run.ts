import { readActive, readWithdrawn } from '@taskclf/active-pointer'
import { readModel } from '@taskclf/registry'
import { type Bundle, instantText, lookAtModelsDir } from '@taskclf/registry-core'
import { selectBest, toReportJson } from '@taskclf/selection-policy'
import type { GlobalOptions, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelInspect } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { assumedOf } from '../../shared/assumed.js'

export { text } from './text.js'

type Json = ModelInspect['metadata']

/** Reads one bundle and judges it alone. */
export async function run({ words }: GlobalOptions, { settings }: Context): Promise<Outcome<ModelInspect>> {
  const [{ policy }, requirement] = [await settings.policy(), await settings.requirement()]
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const bundle = await readModel(modelsDir, words[0] ?? '')
  const active = await readActive(modelsDir)
  const withdrawn = await readWithdrawn(modelsDir, active)
  const report = toReportJson(selectBest([bundle], policy, requirement, { withdrawn }))
  const { pythonInterop } = settings
  const data: ModelInspect = {
    model_id: bundle.modelId,
    path: bundle.location,
    status: bundle.status,
    active: active.status === 'valid' && active.modelId === bundle.modelId,
    eligible: report.best !== null,
    ...documentsOf(bundle),
    gates: (report.ranked[0] ?? report.excluded[0])?.gates ?? [],
    reasons: report.excluded[0]?.reasons ?? [],
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
