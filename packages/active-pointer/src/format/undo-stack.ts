import type { HistoryLine } from './history.js'
import type { ActivePointer } from './pointer.js'

/**
 * The pointers one can go back through, oldest first, the current one last. A rollback takes away all that was above
 * the pointer it went to, so that the next one goes further back.
 */
export function undoStack(visible: readonly HistoryLine[]): ActivePointer[] {
  const stack: ActivePointer[] = []
  for (const line of visible) {
    const at = line.source === 'rollback' ? stack.findLastIndex((pointer) => isTarget(pointer, line)) : -1
    if (at === -1) stack.push(line.new)
    else stack.length = at + 1
  }
  return stack
}

function isTarget(pointer: ActivePointer, line: HistoryLine): boolean {
  const to = (line.decision as { to?: { model_id?: unknown; selected_at?: unknown } } | null | undefined)?.to
  return pointer.model_id === to?.model_id && pointer.selected_at === to?.selected_at
}
