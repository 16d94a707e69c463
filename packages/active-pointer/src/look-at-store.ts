import { givenPath } from '@taskclf/registry-core'
import { localLook, localStore } from './local/local-store.js'
import type { ModelStore, StoreLike, StoreLook } from './model-store.js'

/**
 * Looks at a store, however it is given; a look that was taken already is returned as it is.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const { bundles, pointer } = lookAtStore('models')
 * console.log((await pointer.read()).status)
 * ```
 */
export function lookAtStore(where: StoreLike): StoreLook {
  if (typeof where === 'string') return localStore(where).look()
  if ('bundles' in where) return where
  if ('hints' in where) return where.look()
  return 'look' in where ? localStore(where).look() : localLook(where)
}

/**
 * The store that a look was taken of, or that a path names: for a caller that looks again later, from the beginning.
 *
 * @example
 * ```ts
 * storeOf('./models').location // '/srv/app/models'
 * ```
 */
export function storeOf(where: StoreLike): ModelStore {
  if (typeof where === 'string') return localStore(where)
  if ('bundles' in where) return where.store
  return 'hints' in where ? where : localStore(givenPath(where))
}
