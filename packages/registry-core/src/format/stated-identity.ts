import type { BundlePlace } from './assemble-bundle.js'
import { BUNDLE_FILES } from './bundle-files.js'
import { whyUnusableName } from './bundle-names.js'
import { show } from './describe.js'
import type { Problem } from './problems.js'
import { isObject } from './shape.js'
import { parseTimestamp, type Timestamp } from './timestamp.js'

/** What is wrong with the id that metadata state, in this place. */
export function idProblems({ promoted, modelId }: BundlePlace, metadata: unknown): Problem[] {
  if (!isObject(metadata) || typeof metadata.model_id !== 'string' || metadata.model_id === '') return []
  if (!promoted) return statedIdProblems(metadata.model_id)
  if (metadata.model_id === modelId) return []
  const stated = show(metadata.model_id)
  const message = `metadata.json: model_id is ${stated}, but the directory is named ${show(modelId)}; make them the same`
  return [{ code: 'model_id_mismatch', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
}

/** A candidate becomes a directory of that name. */
function statedIdProblems(stated: string): Problem[] {
  const why = whyUnusableName(stated)
  if (why === undefined) return []
  const message = `metadata.json: model_id ${show(stated)} ${why}; give the model another one`
  return [{ code: 'unusable_name', file: BUNDLE_FILES.metadata, at: 'model_id', message }]
}

/** When metadata say that the model was trained; nothing where they say nothing that is a text. */
export function createdAt(metadata: unknown): { timestamp?: Timestamp; problems: Problem[] } {
  if (!isObject(metadata) || typeof metadata.created_at !== 'string') return { problems: [] }
  const parsed = parseTimestamp(metadata.created_at)
  if (parsed.ok) return { timestamp: parsed.timestamp, problems: [] }
  const file = BUNDLE_FILES.metadata
  const message = `${file}: created_at: ${parsed.reason}`
  return { problems: [{ code: 'bad_timestamp', file, at: 'created_at', message }] }
}
