import type { ActiveState } from './active-state.js'
import type { ParsedHistory, ParsedLine } from './history.js'
import type { ModelsDirName } from './model-dir.js'
import type { SwitchWarning } from './switch-warning.js'

/**
 * Where a pointer and its history are kept. It makes bytes durable, and decides nothing: what is written is decided by the
 * caller's `decide`, under whatever keeps other writers out.
 */
export interface PointerStore {
  /** The pointer as it is now. Bad content is data; what cannot be read is an error. */
  read(): Promise<ActiveState>
  /** The history's lines, oldest first: all of them, or the newest until there are enough. */
  history(enough?: EnoughLines): Promise<HistoryTail>
  /**
   * Runs `decide` with no other writer between reading and writing; a store that cannot keep others out runs it again until it
   * wins. Undefined: nothing is written. A throw: nothing is written. The lines are durable before the pointer is visible.
   */
  update(decide: DecideChange, options?: UpdateOptions): Promise<UpdateReceipt>
}

/** Whether the newest lines of a history, oldest first, are enough. */
export type EnoughLines = (newest: readonly ParsedLine[]) => boolean

/** The newest lines of a history, oldest first. */
export interface HistoryTail extends ParsedHistory {
  /** Nothing precedes these lines. */
  whole: boolean
}

/** What is true while `decide` runs. */
export interface PointerSnapshot {
  active: ActiveState
  /** The newest lines, back to the one that accounts for `active`. */
  tail: HistoryTail
  /** What a pointer calls the directory that holds its bundle. */
  named: ModelsDirName
}

/** What is to be written: bytes, complete. */
export interface PointerChange {
  /** Lines of the history without their newlines, in order. */
  lines: readonly string[]
  pointer: Uint8Array
  writeId: string
  /** Whether the name of the history's file is known to be durable already. */
  isEntrySafe: boolean
}

/** Decides what is written, given what is true now. */
export type DecideChange = (now: PointerSnapshot) => Promise<PointerChange | undefined>

/** How long a writer waits for others. */
export interface UpdateOptions {
  lock?: { timeoutMs?: number; staleAfterMs?: number } | undefined
}

/** What became of an update, and what was odd about it. */
export interface UpdateReceipt {
  /** The pointer that the decision was made on. */
  previous: ActiveState
  warnings: readonly SwitchWarning[]
}
