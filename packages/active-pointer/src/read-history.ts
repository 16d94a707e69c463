import { type LineState, traceChain } from './format/chain.js'
import type { HistoryWarning } from './format/chain-warnings.js'
import type { HistoryLine, HistoryProblem } from './format/history.js'
import { lookAtStore } from './look-at-store.js'
import type { StoreLike } from './model-store.js'

/** A line of the history with its place in it. */
export interface HistoryEntry extends HistoryLine {
  /** 1-based line number in the file. */
  line: number
  state: LineState
  visible: boolean
}

/** The whole history, oldest first. */
export interface History {
  entries: readonly HistoryEntry[]
  problems: readonly HistoryProblem[]
  warnings: readonly HistoryWarning[]
}

/**
 * Reads the history (`active_history.jsonl`) and says of each line whether its pointer was ever active. Lines that cannot be read
 * are problems, gaps around another program's writes are warnings; neither is fatal.
 *
 * @throws RegistryError when the models dir cannot be opened. ActivePointerError `io` when the history cannot be read.
 * @example
 * ```ts
 * const { entries } = await readHistory('models')
 * for (const entry of entries) if (entry.visible) console.log(entry.revision, entry.new.model_id)
 * ```
 */
export async function readHistory(where: StoreLike): Promise<History> {
  const { pointer } = lookAtStore(where)
  // The pointer first: lines appended after it are then pending, never a pointer without its line.
  const active = await pointer.read()
  const parsed = await pointer.history()
  const { states, warnings } = traceChain(parsed, active)
  const entries = parsed.lines.map(({ number, line }, i): HistoryEntry => {
    const state = states[i] as LineState
    return { ...line, line: number, state, visible: state === 'visible' }
  })
  return { entries, problems: parsed.problems, warnings }
}
