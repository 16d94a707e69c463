import { accountsFor, type HistoryLine } from './history.js'
import type { ActivePointer } from './pointer.js'
import type { EnoughLines } from './pointer-store.js'

const ENOUGH_LINES = 8

/**
 * Until some lines are had, among them one of ours and, if a pointer is given, the line that accounts for it. Another program's lines
 * have no revision and know of nothing withdrawn, however many there are. Revisions grow with the history (only a holder overtaken while
 * stopped appends late), so the highest is among the last few.
 *
 * @example
 * ```ts
 * const { lines } = await pointer.history(enoughFor(undefined))
 * ```
 */
export function enoughFor(pointer: ActivePointer | undefined): EnoughLines {
  return (lines) =>
    lines.length >= ENOUGH_LINES &&
    (pointer === undefined || lines.some(({ line }) => accountsFor(line, pointer))) &&
    lines.some(({ line }) => isOurs(line))
}

function isOurs({ revision, new: pointer }: HistoryLine): boolean {
  return revision !== undefined && pointer.withdrawn !== undefined
}
