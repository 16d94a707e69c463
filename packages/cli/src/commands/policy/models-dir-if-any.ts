import { lookAtModelsDir, type ModelsDirLook, RegistryError } from '@taskclf/registry-core'
import type { Settings } from '@taskclf/settings'

/** The models dir, where there is one; one that was named must be there. */
export function modelsDirIfAny({ modelsDir, modelsDirSource }: Settings): ModelsDirLook | undefined {
  try {
    return lookAtModelsDir(modelsDir)
  } catch (error) {
    const isNone = error instanceof RegistryError && error.code === 'models_dir_missing'
    if (isNone && modelsDirSource === 'default') return undefined
    throw error
  }
}
