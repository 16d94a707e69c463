import type { ImportedModel } from '@taskclf/registry'
import type { ModelImport } from './model-import.js'

/** A candidate that was made, as the document has it. */
export function toImportJson(imported: ImportedModel): ModelImport {
  const { path, from, artifact, metadata, metrics, facts, taken, leftOut } = imported
  const textOr = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    candidate: path,
    from,
    artifact,
    model_id: textOr(metadata.model_id),
    task: textOr(metadata.task),
    features: [...facts.features],
    outputs: facts.outputs,
    created_at: metadata.created_at,
    metrics,
    taken: [...taken],
    left_out: [...leftOut],
  }
}
