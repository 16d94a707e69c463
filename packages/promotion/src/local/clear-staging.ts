import { nodeFileSystem } from '@taskclf/durable-fs'
import { lookAtModelsDir, type ModelsDirLike } from '@taskclf/registry-core'
import { promotionLayout } from './layout.js'
import { sweepStaging } from './staging.js'

/**
 * Removes the candidates that killed promotions left staged, published or rejected ones. Those of processes that live, or that
 * cannot be judged from here, stay; so does what cannot be removed.
 *
 * @returns the paths that were removed
 * @throws RegistryError when the models dir cannot be opened.
 * @example
 * ```ts
 * for (const path of await clearStaging('models')) console.log(`removed ${path}`)
 * ```
 */
export async function clearStaging(modelsDir: ModelsDirLike): Promise<string[]> {
  const { staging, rejectedStaging } = promotionLayout(lookAtModelsDir(modelsDir))
  return [
    ...(await sweepStaging(nodeFileSystem, staging)),
    ...(await sweepStaging(nodeFileSystem, rejectedStaging)),
  ]
}
