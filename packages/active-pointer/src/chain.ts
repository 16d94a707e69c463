import { accountsFor, type HistoryLine, type ParsedHistory, writeIdsIn } from './history.js'
import type { ActivePointer } from './pointer.js'
import type { ActiveState } from './read-active.js'

/**
 * Where a line stands. `visible`: its pointer was active once. `unconfirmed`: it may have been, before the pointer was
 * lost; nothing on disk tells. `pending`: beyond the tip, its switch had not ended. `aborted`: its switch never happened.
 */
export type LineState = 'visible' | 'unconfirmed' | 'pending' | 'aborted'

/** Something about the chain that a reader should know; no damage by itself. */
export interface HistoryWarning {
  code: 'pointer_not_in_history' | 'gap' | 'pointer_lost' | 'history_lost'
  message: string
}

type Lines = ParsedHistory['lines']

/** The state of each line (by position in `lines`), found by going backwards from the pointer. */
export function traceChain(
  { lines, damagedIds }: ParsedHistory,
  active: ActiveState,
): { states: LineState[]; warnings: HistoryWarning[] } {
  const warnings: HistoryWarning[] = []
  const states: LineState[] = lines.map(() => 'aborted')
  let wanted = active.status === 'valid' ? active.pointer : null
  let before = lines.length
  let isTip = true
  // Whether what lies between here and the next line found may have been active.
  let isLost = wanted === null
  let torn = active.status === 'corrupt' ? active.bytes : undefined
  while (before > 0) {
    let at = wanted === null ? -1 : lastAccounting(lines, wanted, before)
    if (wanted === null) {
      at = lastConfirmed(lines, before, torn)
      warnings.push(lost(lines, at, before))
      isLost = true
    } else if (at === -1) {
      warnings.push(missing(wanted, isTip, damagedIds))
      at = before - 1
    }
    for (let i = at + 1; i < before; i++) states[i] = isLost ? 'unconfirmed' : isTip ? 'pending' : 'aborted'
    if (at === -1) break
    states[at] = 'visible'
    const { line } = lines[at] as Lines[number]
    wanted = line.old
    before = at
    isTip = false
    isLost = line.lost === true
    torn = replacedBytes(line)
  }
  // Nothing is left to look in, and yet something was written before.
  if (before === 0 && wanted !== null && (isTip || wanted.write_id !== undefined))
    warnings.push(missing(wanted, isTip, damagedIds))
  return { states, warnings }
}

/**
 * The newest line before a position that is known to have been active: the torn pointer still says so, or a later line
 * names it as its `old`. -1 when none is.
 */
export function lastConfirmed(lines: Lines, before: number, torn: Uint8Array | undefined): number {
  const ids = new Set(torn === undefined ? [] : writeIdsIn(torn))
  for (let i = before - 1; i >= 0; i--) {
    const { line } = lines[i] as Lines[number]
    if (line.write_id !== undefined && ids.has(line.write_id)) return i
  }
  const named: ActivePointer[] = []
  for (let i = lines.length - 1; i >= 0; i--) {
    const { line } = lines[i] as Lines[number]
    if (i < before && named.some((pointer) => accountsFor(line, pointer))) return i
    if (line.old !== null) named.push(line.old)
  }
  return -1
}

function replacedBytes(line: HistoryLine): Uint8Array | undefined {
  const text = (line.replaced_corrupt as { text?: unknown } | undefined)?.text
  return typeof text === 'string' ? Buffer.from(text) : undefined
}

function lastAccounting(lines: Lines, pointer: ActivePointer, before: number): number {
  for (let i = before - 1; i >= 0; i--) if (accountsFor((lines[i] as Lines[number]).line, pointer)) return i
  return -1
}

function lost(lines: Lines, at: number, before: number): HistoryWarning {
  const open = before - 1 - at
  const line = lines[at]
  const message =
    line === undefined
      ? `the pointer was lost; nothing confirms that any of the ${open} line(s) before was ever active`
      : `the pointer was lost after ${open} line(s) that nothing confirms; line ${line.number} is the newest known to have been active`
  return { code: 'pointer_lost', message }
}

function missing(
  pointer: ActivePointer,
  isTip: boolean,
  damagedIds: ReadonlySet<string> | undefined,
): HistoryWarning {
  const who = `${pointer.model_id} (selected ${pointer.selected_at})`
  const code = isTip ? 'pointer_not_in_history' : 'gap'
  if (pointer.write_id !== undefined && damagedIds?.has(pointer.write_id))
    return { code, message: `the line of ${who} in the history is damaged; the next switch goes on after it` }
  // Only taskclf writes an id, and never a pointer before its line.
  if (pointer.write_id !== undefined) return historyLost(pointer, who)
  return isTip
    ? {
        code,
        message: `active.json was written by another program: no line of the history accounts for ${who}; the next switch adopts it`,
      }
    : { code, message: `the history has no line for ${who}, which another program wrote` }
}

function historyLost({ revision }: ActivePointer, who: string): HistoryWarning {
  const numbered = revision === undefined ? '' : `, revision ${revision}`
  const message = `lines of the history are lost: none is left of ${who}${numbered}, which taskclf wrote; what was switched before it may be missing, too`
  return { code: 'history_lost', message }
}
