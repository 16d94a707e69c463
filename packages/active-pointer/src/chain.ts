import { accountsFor, type HistoryLine, type ParsedHistory } from './history.js'
import type { ActivePointer } from './pointer.js'
import type { ActiveState } from './read-active.js'

/**
 * Where a line stands. `visible`: its pointer was active once. `pending`: beyond the tip, its switch had not ended.
 * `aborted`: its switch never happened. `unreachable`: there is no readable pointer to start from.
 */
export type LineState = 'visible' | 'pending' | 'aborted' | 'unreachable'

/** Something about the chain that a reader should know; no damage by itself. */
export interface HistoryWarning {
  code: 'pointer_not_in_history' | 'gap'
  message: string
}

/** The state of each line (by position in `lines`), found by going backwards from the pointer. */
export function traceChain(
  { lines }: ParsedHistory,
  active: ActiveState,
): { states: LineState[]; warnings: HistoryWarning[] } {
  const warnings: HistoryWarning[] = []
  if (active.status !== 'valid') return { states: lines.map(() => 'unreachable'), warnings }
  const visible = new Set<number>()
  let tip = -1
  let wanted: ActivePointer | null = active.pointer
  let before = lines.length
  while (wanted !== null && before > 0) {
    let at = lastAccounting(lines, wanted, before)
    if (at === -1) {
      warnings.push(missing(wanted, visible.size === 0))
      at = before - 1
    }
    visible.add(at)
    tip = Math.max(tip, at)
    before = at
    wanted = (lines[at] as { line: HistoryLine }).line.old
  }
  const states = lines.map(
    (_, i): LineState => (visible.has(i) ? 'visible' : i > tip ? 'pending' : 'aborted'),
  )
  return { states, warnings }
}

function lastAccounting(lines: ParsedHistory['lines'], pointer: ActivePointer, before: number): number {
  for (let i = before - 1; i >= 0; i--)
    if (accountsFor((lines[i] as { line: HistoryLine }).line, pointer)) return i
  return -1
}

function missing(pointer: ActivePointer, isTip: boolean): HistoryWarning {
  const who = `${pointer.model_id} (selected ${pointer.selected_at})`
  return isTip
    ? {
        code: 'pointer_not_in_history',
        message: `active.json was written by another program: no line of the history accounts for ${who}; the next switch adopts it`,
      }
    : { code: 'gap', message: `the history has no line for ${who}, which another program wrote` }
}
