import type { ActiveState } from './format/active-state.js'
import { enoughFor } from './format/enough-lines.js'
import { withdrawnBy } from './format/withdrawn.js'
import { lookAtStore } from './look-at-store.js'
import type { StoreLike } from './model-store.js'

/**
 * The models that automatic selection passes over: left by a rollback or a manual switch, and not activated since.
 * Another program's pointer does not carry them, nor does a missing or broken one; then the history is asked.
 *
 * @throws RegistryError when the models dir cannot be opened. ActivePointerError `io` when the history cannot be read.
 * @example
 * ```ts
 * const report = selectBest(bundles, policy, requirement, { withdrawn: await readWithdrawn('models') })
 * ```
 */
export async function readWithdrawn(where: StoreLike, active?: ActiveState): Promise<string[]> {
  const { pointer } = lookAtStore(where)
  const state = active ?? (await pointer.read())
  if (state.status === 'valid' && state.pointer.withdrawn) return [...state.pointer.withdrawn]
  const { lines } = await pointer.history(enoughFor(undefined))
  return withdrawnBy(
    state,
    lines.map(({ line }) => line),
  )
}
