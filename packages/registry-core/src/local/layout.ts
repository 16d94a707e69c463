import { dirname, join, resolve, sep } from 'node:path'
import { requireUsableName } from '../format/bundle-names.js'

/** Absolute paths of everything that is in or beside a models dir. */
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

/**
 * The directory of a promoted bundle: always directly inside the models dir.
 *
 * @throws RegistryError `unusable_name` when the id is empty, hidden, a file of the models dir's own, or would lead anywhere
 * else.
 * @example
 * ```ts
 * bundlePath('/srv/models', 'run-1') // '/srv/models/run-1'
 * ```
 */
export function bundlePath(modelsDir: string, modelId: string): string {
  requireUsableName(modelId)
  return join(resolve(modelsDir), modelId)
}
