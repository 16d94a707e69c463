import { dirname, join, resolve, sep } from 'node:path'
import { isOwnedName, whyUnusableName } from './bundle-names.js'
import { show } from './describe.js'
import { RegistryError } from './errors.js'

/** The names of the files in a bundle. */
export const BUNDLE_FILES = {
  metadata: 'metadata.json',
  metrics: 'metrics.json',
  model: 'model.txt',
  encoders: 'categorical_encoders.json',
  confusionMatrix: 'confusion_matrix.csv',
  manifest: 'manifest.json',
  selfTest: 'self_test.json',
} as const

/** No document above this many bytes is opened. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

/** Absolute paths of everything that lies in or beside a models dir. */
export interface ModelsDirLayout {
  /** The models dir itself. */
  root: string
  /** The active pointer. */
  active: string
  /** The pointer's history, one JSON object a line. */
  history: string
  /** The index, a cache. */
  index: string
  /** The Python project's inference policy, which outranks the pointer in its own inference. */
  inferencePolicy: string
  /** Private working directory of the writers: lock, temporary files, staging. */
  work: string
  /** Where rejected candidates are kept, beside the models dir. */
  rejected: string
}

/**
 * Every name in and beside a models dir, in one place. No file is touched.
 *
 * @example
 * ```ts
 * modelsDirLayout('/srv/models').active // '/srv/models/active.json'
 * ```
 */
export function modelsDirLayout(modelsDir: string): ModelsDirLayout {
  const root = resolve(modelsDir)
  // Resolved already: joining would look at every character again, six times for each call.
  const inside = root.endsWith(sep) ? root : root + sep
  return {
    root,
    active: `${inside}active.json`,
    history: `${inside}active_history.jsonl`,
    index: `${inside}index.json`,
    inferencePolicy: `${inside}inference_policy.json`,
    work: `${inside}.taskclf`,
    rejected: join(dirname(root), 'rejected_models'),
  }
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/**
 * Whether the text is an id, of a model or of a run: letters, digits, dots, dashes and underscores, 128 at most, beginning with a letter
 * or digit. So it is the name of one path segment, and leads nowhere else.
 *
 * @example
 * ```ts
 * isId('run-8935') // true
 * isId('../elsewhere') // false
 * ```
 */
export function isId(text: string): boolean {
  return ID.test(text)
}

/**
 * Whether the text is an id that taskclf itself would write: an {@link isId id}, and not the name of a file
 * that the models dir keeps for itself. Directories found on disk may have other names; see {@link bundlePath}.
 *
 * @example
 * ```ts
 * isModelId('2026-03-02_031009_run-8935') // true
 * isModelId('../elsewhere') // false
 * ```
 */
export function isModelId(text: string): boolean {
  return isId(text) && !isOwnedName(text)
}

/**
 * The directory of a promoted bundle: always directly inside the models dir.
 *
 * @throws RegistryError `invalid_model_id` when the id is empty, hidden, a file of the models dir's own, or would lead anywhere
 * else.
 * @example
 * ```ts
 * bundlePath('/srv/models', 'run-1') // '/srv/models/run-1'
 * ```
 */
export function bundlePath(modelsDir: string, modelId: string): string {
  const why = whyUnusableName(modelId)
  if (why !== undefined) {
    const message = `${show(modelId)} cannot be a model id: it ${why}; give the name of a bundle's directory`
    throw new RegistryError('invalid_model_id', modelId, message)
  }
  return join(resolve(modelsDir), modelId)
}
