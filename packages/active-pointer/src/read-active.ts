import { lstatSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FileSystem } from '@taskclf/durable-fs'
import { bundlePath, modelsDirLayout, openModelsDir } from '@taskclf/registry-core'
import { type ActivePointer, type PointerProblem, parsePointer, versionOf } from './pointer.js'
import { readDocument } from './read-bytes.js'

/** The pointer as found. `version` names its bytes: compare-and-swap is on it. Corrupt is never read as absent. */
export type ActiveState =
  | { status: 'absent'; version: 'absent' }
  | { status: 'valid'; version: string; pointer: ActivePointer; modelId: string; modelPath: string }
  | { status: 'corrupt'; version: string; problems: readonly PointerProblem[]; bytes: Uint8Array }

/**
 * Reads `active.json`. Bad content is data, not an error; whether the bundle it names is there and good is the
 * resolver's question.
 *
 * @param modelsDir directory of the bundles; its real path is taken first
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory`, `models_dir_unreadable`.
 * @example
 * ```ts
 * const active = await readActive('models')
 * if (active.status === 'valid') console.log(active.modelId, active.pointer.revision)
 * ```
 */
export async function readActive(
  modelsDir: string,
  options: { fileSystem?: FileSystem } = {},
): Promise<ActiveState> {
  return readActiveIn(options.fileSystem ? modelsDir : openModelsDir(modelsDir), options)
}

/**
 * {@link readActive} in a models dir that was opened already.
 *
 * @param root real path of the models dir, as `openModelsDir` gives it
 * @example
 * ```ts
 * const root = openModelsDir('models')
 * const active = await readActiveIn(root)
 * ```
 */
export async function readActiveIn(
  root: string,
  options: { fileSystem?: FileSystem } = {},
): Promise<ActiveState> {
  const found = await readDocument(modelsDirLayout(root).active, options.fileSystem)
  if (found.status === 'absent') return { status: 'absent', version: 'absent' }
  if (found.status === 'refused') {
    return { status: 'corrupt', version: 'unreadable', problems: [found.problem], bytes: new Uint8Array() }
  }
  const { bytes } = found
  const parsed = parsePointer(bytes)
  if (!parsed.ok) return { status: 'corrupt', version: versionOf(bytes), problems: parsed.problems, bytes }
  const modelId = parsed.pointer.model_id
  const modelPath = bundlePath(root, modelId)
  const left = escapes(root, modelPath)
  if (left) return { status: 'corrupt', version: versionOf(bytes), problems: [left], bytes }
  return {
    status: 'valid',
    // Made when asked for: who only follows the pointer never does, and a first digest costs as much as the rest.
    get version() {
      return versionOf(bytes)
    },
    pointer: parsed.pointer,
    modelId,
    modelPath,
  }
}

function escapes(root: string, modelPath: string): PointerProblem | undefined {
  try {
    if (!lstatSync(modelPath).isSymbolicLink()) return undefined
    if (dirname(realpathSync(modelPath)) === root) return undefined
  } catch {
    // Not there, or a link to nowhere: the pointer is whole, its target is not; that is for the resolver to say.
    return undefined
  }
  return {
    code: 'target_escapes',
    message: `${modelPath} is a link that leaves the models dir; it is not followed`,
  }
}
