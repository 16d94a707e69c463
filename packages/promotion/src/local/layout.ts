import { join } from 'node:path'
import type { ModelsDirLook } from '@taskclf/registry-core'

/** Why a candidate was rejected; the file is beside those of the candidate, and is not one of them. */
export const REJECTION_FILE = 'rejection.json'

/** Where promotion works. Staging is on the same file system as what it becomes. */
export interface PromotionLayout {
  work: string
  staging: string
  lock: string
  rejected: string
  rejectedStaging: string
}

/** Every path that promotion makes, besides the bundles. */
export function promotionLayout(modelsDir: ModelsDirLook): PromotionLayout {
  const { work, rejected } = modelsDir
  return {
    work,
    staging: join(work, 'staging'),
    lock: join(work, 'publish.lock'),
    rejected,
    rejectedStaging: join(rejected, '.staging'),
  }
}
