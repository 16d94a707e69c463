import { lstatSync, readdirSync } from 'node:fs'
import { nearestName } from '@taskclf/errors'
import { bundlePath, type LocalBundle, type ModelsDirLook, readPromotedBundle } from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'

/**
 * The bundle of this id, valid or not.
 *
 * @throws RegistryUseError `unknown_model` when nothing of that name is there, with the ids that are in `details.known`. RegistryError
 * `invalid_model_id`.
 * @example
 * ```ts
 * const { status } = await readModel(openModelsDir('models').look(), '2026-03-02_031009_run-8935')
 * ```
 */
export async function readModel(modelsDir: ModelsDirLook, modelId: string): Promise<LocalBundle> {
  if (lstatSync(bundlePath(modelsDir.root, modelId), { throwIfNoEntry: false }) !== undefined)
    return readPromotedBundle(modelsDir, modelId)
  const known = readdirSync(modelsDir.root).filter((name) => !name.startsWith('.'))
  const meant = nearestName(modelId, known)
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`
  const message = `there is no model ${JSON.stringify(modelId)} in ${modelsDir.root}${advice}`
  throw new RegistryUseError('unknown_model', message, { modelId, known })
}
