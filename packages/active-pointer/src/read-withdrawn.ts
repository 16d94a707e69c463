import { nodeFileSystem } from '@taskclf/durable-fs'
import { lookAtModelsDir, type ModelsDirLike } from '@taskclf/registry-core'
import { asReadError } from './as-pointer-error.js'
import type { HistoryLine } from './history.js'
import { readHistoryTail } from './history-tail.js'
import { type ActiveState, readActive } from './read-active.js'

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
export async function readWithdrawn(modelsDir: ModelsDirLike, active?: ActiveState): Promise<string[]> {
  const look = lookAtModelsDir(modelsDir)
  const state = active ?? (await readActive(look))
  if (state.status === 'valid' && state.pointer.withdrawn) return [...state.pointer.withdrawn]
  try {
    const { lines } = await readHistoryTail(nodeFileSystem, look.history, undefined)
    return withdrawnBy(
      state,
      lines.map(({ line }) => line),
    )
  } catch (error) {
    throw asReadError(error, 'which models are withdrawn is unknown')
  }
}

/** The same decision on lines already read. */
export function withdrawnBy(state: ActiveState, lines: readonly HistoryLine[]): string[] {
  if (state.status === 'valid' && state.pointer.withdrawn) return [...state.pointer.withdrawn]
  const known = lines.findLast((line) => line.new.withdrawn !== undefined)?.new.withdrawn ?? []
  return state.status === 'valid' ? known.filter((id) => id !== state.modelId) : [...known]
}
