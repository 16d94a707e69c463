import type { ActiveState } from './format/active-state.js'
import { lookAtStore } from './look-at-store.js'
import type { StoreLike } from './model-store.js'

/**
 * Reads `active.json`. Bad content is data, not an error; whether the bundle it names is there and good is the
 * resolver's question. What cannot be read for a reason of the environment is an error, never absent or corrupt.
 *
 * @param where the models dir, or another store
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory`, `models_dir_unreadable`.
 * ActivePointerError `io` for any other failure of the environment: nothing may be decided on it.
 * @example
 * ```ts
 * const active = await readActive('models')
 * if (active.status === 'valid') console.log(active.modelId, active.pointer.revision)
 * ```
 */
export async function readActive(where: StoreLike): Promise<ActiveState> {
  return lookAtStore(where).pointer.read()
}
