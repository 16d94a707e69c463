import type { ActiveState } from './active-state.js'
import {
  altered,
  type HistoryWarning,
  lost,
  missing,
  pointerAltered,
  unchained,
  type Wanted,
} from './chain-warnings.js'
import { accountsFor, type HistoryLine, type ParsedHistory, type ParsedLine, writeIdsIn } from './history.js'
import { type ActivePointer, recorded } from './pointer.js'
import { isSameJson } from './same-json.js'

/**
 * What became of a line. `visible`: its pointer was active once. `unconfirmed`: it may have been, before the pointer was
 * lost; nothing on disk tells. `pending`: beyond the tip, its switch had not ended. `aborted`: its switch never happened.
 */
export type LineState = 'visible' | 'unconfirmed' | 'pending' | 'aborted'

/** The state of each line (by position in `lines`), found by going backwards from the pointer, and what is odd on the way. */
export function traceChain(
  parsed: ParsedHistory,
  active: ActiveState,
): { states: LineState[]; warnings: HistoryWarning[] } {
  const { lines } = parsed
  const warnings: HistoryWarning[] = []
  const unnamed: number[] = []
  const states: LineState[] = lines.map(() => 'aborted')
  let wanted: Wanted | null =
    active.status === 'valid' ? { pointer: active.pointer, digest: active.pointer.line } : null
  let before = lines.length
  let isTip = true
  // Whether what is between here and the next line found may have been active.
  let isLost = wanted === null
  let torn = active.status === 'corrupt' ? active.bytes : undefined
  while (before > 0) {
    let at = wanted === null ? -1 : findLine(lines, wanted, before)
    if (wanted === null) {
      at = lastConfirmed(lines, before, torn)
      warnings.push(lost(before - 1 - at, lines[at]))
      isLost = true
    } else if (at === -1) {
      warnings.push(missing(wanted, parsed))
      at = before - 1
    } else {
      warnings.push(...compareLink(wanted, lines[at] as ParsedLine))
      if (wanted.digest === undefined) unnamed.push((lines[at] as ParsedLine).number)
    }
    for (let i = at + 1; i < before; i++) states[i] = isLost ? 'unconfirmed' : isTip ? 'pending' : 'aborted'
    if (at === -1) break
    states[at] = 'visible'
    const { line, number } = lines[at] as ParsedLine
    wanted = line.old === null ? null : { pointer: line.old, digest: line.prev, by: number }
    before = at
    isTip = false
    isLost = line.lost === true
    torn = replacedBytes(line)
  }
  // Nothing is left to look in, and yet something was written before.
  if (before === 0 && wanted !== null && wasWritten(wanted)) warnings.push(missing(wanted, parsed))
  return { states, warnings: [...warnings, ...unchained(unnamed)] }
}

function wasWritten({ pointer, digest, by }: Wanted): boolean {
  return by === undefined || pointer.write_id !== undefined || typeof digest === 'string'
}

/** The position of the newest line before another that is the one wanted, or what is left of that; -1 when there is none. */
function findLine(lines: readonly ParsedLine[], { pointer, digest, by }: Wanted, before: number): number {
  const last = (fits: (line: ParsedLine) => boolean) => {
    for (let i = before - 1; i >= 0; i--) if (fits(lines[i] as ParsedLine)) return i
    return -1
  }
  // A pointer that kept our keys but names another model is another program's, and has no line.
  const named = last(
    (line) => line.digest === digest && (by !== undefined || accountsFor(line.line, pointer)),
  )
  if (named !== -1) return named
  const at = last(({ line }) => accountsFor(line, pointer))
  if (at !== -1 || typeof digest !== 'string' || pointer.write_id === undefined) return at
  // What it is known by may be what was altered.
  return last(
    ({ line, digest: its }) =>
      its !== digest && (line.write_id === pointer.write_id || line.new.write_id === pointer.write_id),
  )
}

/** What a line that was found does not have as it was recorded. */
function compareLink(wanted: Wanted, found: ParsedLine): HistoryWarning[] {
  const { pointer, digest, by } = wanted
  if (typeof digest === 'string' && digest !== found.digest) return [altered(wanted, found)]
  // Another program's pointer has no write_id, and the line that adopts it adds one.
  if (by !== undefined || pointer.write_id === undefined) return []
  return isSameJson(recorded(pointer), found.line.new) ? [] : [pointerAltered(found.number)]
}

/**
 * The newest line before a position that is known to have been active: the torn pointer still says so, or a later line
 * names it as its `old`. -1 when none is.
 */
export function lastConfirmed(
  lines: readonly { line: HistoryLine }[],
  before: number,
  torn: Uint8Array | undefined,
): number {
  const ids = new Set(torn === undefined ? [] : writeIdsIn(torn))
  for (let i = before - 1; i >= 0; i--) {
    const { line } = lines[i] as { line: HistoryLine }
    if (line.write_id !== undefined && ids.has(line.write_id)) return i
  }
  const named: ActivePointer[] = []
  for (let i = lines.length - 1; i >= 0; i--) {
    const { line } = lines[i] as { line: HistoryLine }
    if (i < before && named.some((pointer) => accountsFor(line, pointer))) return i
    if (line.old !== null) named.push(line.old)
  }
  return -1
}

function replacedBytes(line: HistoryLine): Uint8Array | undefined {
  const text = (line.replaced_corrupt as { text?: unknown } | undefined)?.text
  return typeof text === 'string' ? new TextEncoder().encode(text) : undefined
}
