import { lstatSync, realpathSync } from 'node:fs'
import { errnoOf, type FileSystem } from '@taskclf/durable-fs'
import { bundlePath, lookAtModelsDir, type ModelsDirLike } from '@taskclf/registry-core'
import { unreadable } from './document-bytes.js'
import { type ActivePointer, digestOf, type PointerProblem, parsePointer } from './pointer.js'
import { readDocument } from './read-bytes.js'
import { isInside } from './read-linked.js'

/**
 * The pointer as found. `version` names its bytes: compare-and-swap is on it. Corrupt is never read as absent.
 * `isLink`: active.json is a link to a file of the models dir, as mounted volumes have it; it is read, never switched.
 */
export type ActiveState =
  | { status: 'absent'; version: 'absent' }
  | {
      status: 'valid'
      version: string
      pointer: ActivePointer
      modelId: string
      modelPath: string
      isLink?: true
    }
  | {
      status: 'corrupt'
      version: string
      problems: readonly PointerProblem[]
      bytes: Uint8Array
      isLink?: true
    }

/**
 * Reads `active.json`. Bad content is data, not an error; whether the bundle it names is there and good is the
 * resolver's question. What cannot be read for a reason of the environment is an error, never absent or corrupt.
 *
 * @param modelsDir directory of the bundles
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory`, `models_dir_unreadable`.
 * ActivePointerError `io` for any other failure of the environment: nothing may be decided on it.
 * @example
 * ```ts
 * const active = await readActive('models')
 * if (active.status === 'valid') console.log(active.modelId, active.pointer.revision)
 * ```
 */
export async function readActive(
  modelsDir: ModelsDirLike,
  options: { fileSystem?: FileSystem } = {},
): Promise<ActiveState> {
  const layout = lookAtModelsDir(modelsDir)
  const found = await readDocument(layout.active, options.fileSystem)
  if (found.status === 'absent') {
    // Of a models dir that is gone nobody can say what is active.
    if (options.fileSystem === undefined) lookAtModelsDir(layout.root)
    return { status: 'absent', version: 'absent' }
  }
  if (found.status === 'refused') {
    return { status: 'corrupt', version: 'unreadable', problems: [found.problem], bytes: new Uint8Array() }
  }
  const { bytes } = found
  const link = found.isLink ? ({ isLink: true } as const) : undefined
  const corrupt = (problems: readonly PointerProblem[]): ActiveState => ({
    status: 'corrupt',
    version: digestOf(bytes),
    problems,
    bytes,
    ...link,
  })
  const parsed = parsePointer(bytes)
  if (!parsed.ok) return corrupt(parsed.problems)
  const modelId = parsed.pointer.model_id
  const modelPath = bundlePath(layout.root, modelId)
  const left = escapes(layout.root, modelPath)
  if (left) return corrupt([left])
  return {
    status: 'valid',
    // Made when asked for: who only follows the pointer never does, and a first digest costs as much as the rest.
    get version() {
      return digestOf(bytes)
    },
    pointer: parsed.pointer,
    modelId,
    modelPath,
    ...link,
  }
}

function escapes(root: string, modelPath: string): PointerProblem | undefined {
  try {
    if (!lstatSync(modelPath).isSymbolicLink()) return undefined
    if (isInside(root, realpathSync(modelPath))) return undefined
  } catch (error) {
    const errno = errnoOf(error)
    // Not there, or a link to nowhere: the pointer is whole, its target is not; that is for the resolver to say.
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ELOOP') return undefined
    throw unreadable(modelPath, error)
  }
  return {
    code: 'target_escapes',
    message: `${modelPath} is a link that leaves the models dir; it is not followed`,
  }
}
