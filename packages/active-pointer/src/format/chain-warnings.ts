import type { ParsedHistory, ParsedLine } from './history.js'
import type { ActivePointer } from './pointer.js'

/**
 * Something about the chain that a reader should know. `history_altered` and `pointer_altered` are damage: bytes are not what was
 * recorded of them. `history_unchained` is a note: of these lines nothing was recorded.
 */
export interface HistoryWarning {
  code:
    | 'pointer_not_in_history'
    | 'gap'
    | 'pointer_lost'
    | 'history_lost'
    | 'history_cut'
    | 'history_altered'
    | 'history_unchained'
    | 'pointer_altered'
  message: string
  /** The number of the line that it is about, where there is one. */
  line?: number
}

/** What a trace looks for: the line of a pointer, and the digest by which the pointer, or the next line, names it. */
export interface Wanted {
  pointer: ActivePointer
  /** null: there was none. Absent: an earlier version or another program, which names none. */
  digest: string | null | undefined
  /** The number of the line that names it; absent: active.json does. */
  by?: number
}

/** The pointer was lost, and the newest line that is known to have been active, where there is one, is another. */
export function lost(open: number, line: ParsedLine | undefined): HistoryWarning {
  const message =
    line === undefined
      ? `the pointer was lost; nothing confirms that any of the ${open} line(s) before was ever active`
      : `the pointer was lost after ${open} line(s) that nothing confirms; line ${line.number} is the newest known to have been active`
  return { code: 'pointer_lost', message }
}

/** No line can be found for a pointer. */
export function missing(wanted: Wanted, { lines, unread }: ParsedHistory): HistoryWarning {
  const { pointer, digest, by } = wanted
  const who = nameOf(pointer)
  const code = by === undefined ? 'pointer_not_in_history' : 'gap'
  const id = pointer.write_id
  const found = id === undefined ? undefined : unread?.get(id)
  if (found !== undefined) {
    const { number, code: why } = found
    if (typeof digest === 'string' && digest !== found.digest) return altered(wanted, found)
    const what = why === 'unsupported_version' ? 'of a later version of taskclf' : 'damaged'
    return {
      code,
      message: `line ${number}, that of ${who} in the history, is ${what}; the next switch goes on after it`,
    }
  }
  const kept = lines.find(({ line }) => by === undefined && id !== undefined && line.write_id === id)
  if (kept !== undefined) return pointerAltered(kept.number)
  if (typeof digest === 'string') return cut(wanted)
  // Only taskclf writes an id, and never a pointer before its line.
  if (id !== undefined) return historyLost(pointer)
  const message =
    by === undefined
      ? `active.json was written by another program: no line of the history accounts for ${who}; the next switch adopts it`
      : `the history has no line for ${who}, which another program wrote`
  return { code, message }
}

function historyLost(pointer: ActivePointer): HistoryWarning {
  const message = `lines of the history are lost: none is left of ${nameOf(pointer)}, which taskclf wrote; what was switched before it may be missing, too`
  return { code: 'history_lost', message }
}

/** A line is named by its digest, and none has that: the file was rotated, truncated or put back from an older copy. */
function cut({ pointer, by }: Wanted): HistoryWarning {
  const message = `lines of the history are lost: ${namer(by)} names the line of ${nameOf(pointer)} by its digest, and none has it; what was switched before it may be missing, too`
  return { code: 'history_cut', message }
}

/** The bytes of a line are no longer those that were recorded; one that was written again never had them. */
export function altered(
  wanted: Wanted,
  found: { number: number; line?: { restored?: boolean } },
): HistoryWarning {
  if (found.line?.restored === true) return cut(wanted)
  const { number } = found
  const message = `line ${number} of the history, that of ${nameOf(wanted.pointer)}, was altered: its bytes do not have the digest that ${namer(wanted.by)} records`
  return { code: 'history_altered', message, line: number }
}

/** active.json is not what its line, which is whole, says that was written. */
export function pointerAltered(number: number): HistoryWarning {
  const message = `active.json was altered; it carries the write_id of line ${number} of the history, and is not the pointer that this line records`
  return { code: 'pointer_altered', message, line: number }
}

/** Lines that no digest is recorded of, in one note. */
export function unchained(numbers: readonly number[]): HistoryWarning[] {
  const [newest, ...rest] = numbers
  if (newest === undefined) return []
  const which = rest.length === 0 ? `line ${newest}` : `line ${newest} and ${rest.length} before it`
  const message = `no digest is recorded of ${which}; an earlier version or another program wrote what follows, so a change there would not be found`
  return [{ code: 'history_unchained', message }]
}

const namer = (by: number | undefined): string => (by === undefined ? 'active.json' : `line ${by}`)

function nameOf({ model_id, selected_at, revision }: ActivePointer): string {
  const numbered = revision === undefined ? '' : `, revision ${revision}`
  return `${model_id} (selected ${selected_at})${numbered}`
}
