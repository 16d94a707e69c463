import type { ActiveState } from './format/active-state.js'
import type { HistoryLine } from './format/history.js'
import type { StoreLook } from './model-store.js'

/** What is known when no other writer can come in between. */
export interface SwitchContext {
  store: StoreLook
  active: ActiveState
  /** The line that accounts for the pointer, where there is one. */
  line: HistoryLine | undefined
  withdrawn: readonly string[]
}
