import type { ActiveState } from './active-state.js'
import type { HistoryLine } from './history.js'

/** The models that automatic selection passes over, given the pointer and lines of the history, oldest first. */
export function withdrawnBy(state: ActiveState, lines: readonly HistoryLine[]): string[] {
  if (state.status === 'valid' && state.pointer.withdrawn) return [...state.pointer.withdrawn]
  const known = lines.findLast((line) => line.new.withdrawn !== undefined)?.new.withdrawn ?? []
  return state.status === 'valid' ? known.filter((id) => id !== state.modelId) : [...known]
}

/** Who is passed over from now on, when one model is left for another. */
export function withdrawnAfter(
  withdrawn: readonly string[],
  modelId: string,
  left: string | undefined,
): string[] {
  const all = left === undefined ? withdrawn : [...withdrawn, left]
  return [...new Set(all)].filter((id) => id !== modelId).sort()
}
