import type { StoreLook } from '@taskclf/active-pointer'
import type { ModelsDirLook } from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'

/** The paths of a models dir, for what no other store has. */
export function requireLocal({ local, location }: StoreLook, what: string): ModelsDirLook {
  if (local) return local.dir
  const message = `${location} is a store without ${what}; only a models dir has ${what}`
  throw new RegistryUseError('only_in_models_dir', message, { location })
}
