export type { LineState } from './chain.js'
export type { HistoryWarning } from './chain-warnings.js'
export { compareRecorded } from './compare-recorded.js'
export { ACTIVE_POINTER_ERRORS, POINTER_PROBLEMS } from './error-table.js'
export { ACTIVE_POINTER_ERROR_CODES, ActivePointerError, type ActivePointerErrorCode } from './errors.js'
export type { PassedOver } from './find-target.js'
export type { HistoryLine, HistoryProblem } from './history.js'
export {
  type ActivePointer,
  POINTER_SOURCES,
  type PointerProblem,
  type PointerProblemCode,
  type PointerReason,
  type PointerSource,
} from './pointer.js'
export { type ActiveState, readActive } from './read-active.js'
export { type History, type HistoryEntry, readHistory } from './read-history.js'
export { readWithdrawn } from './read-withdrawn.js'
export {
  type RollbackOptions,
  type RollbackResult,
  rollbackActive,
} from './rollback-active.js'
export { activePointerSchema, historyLineSchema } from './schemas.js'
export type { SwitchOptions, SwitchResult } from './switch.js'
export { tryBundle } from './try-bundle.js'
export { type WatchActiveOptions, type Watcher, watchActive } from './watch-active.js'
export {
  readmitModel,
  type WithdrawOptions,
  type WithdrawResult,
  withdrawModel,
} from './withdraw-model.js'
export { type WriteActiveOptions, writeActiveAtomic } from './write-active.js'
