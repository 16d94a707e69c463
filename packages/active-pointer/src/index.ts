export { compareRecorded, type Recorded } from './compare-recorded.js'
export { digestOf } from './digest-of.js'
export { ACTIVE_POINTER_ERRORS, POINTER_PROBLEMS } from './error-table.js'
export { ACTIVE_POINTER_ERROR_CODES, ActivePointerError, type ActivePointerErrorCode } from './errors.js'
export type { PassedOver } from './find-target.js'
export type { ActiveState } from './format/active-state.js'
export { ABSENT, corruptState, stateOf } from './format/active-state.js'
export type { LineState } from './format/chain.js'
export type { HistoryWarning } from './format/chain-warnings.js'
export { enoughFor } from './format/enough-lines.js'
export {
  type HistoryLine,
  type HistoryProblem,
  type ParsedHistory,
  type ParsedLine,
  parseHistory,
  type UnreadLine,
} from './format/history.js'
export type { ModelsDirName } from './format/model-dir.js'
export {
  type ActivePointer,
  type DigestOf,
  POINTER_SOURCES,
  type PointerProblem,
  type PointerProblemCode,
  type PointerReason,
  type PointerSource,
} from './format/pointer.js'
export type {
  DecideChange,
  EnoughLines,
  HistoryTail,
  PointerChange,
  PointerSnapshot,
  PointerStore,
  UpdateOptions,
  UpdateReceipt,
} from './format/pointer-store.js'
export { activePointerSchema, historyLineSchema } from './format/schemas.js'
export type { SwitchOptions, SwitchResult } from './format/switch.js'
export type { SwitchWarning } from './format/switch-warning.js'
export { type LocalStoreOptions, localStore } from './local/local-store.js'
export { lookAtStore, storeOf } from './look-at-store.js'
export type { LocalPlace, ModelStore, StoreHints, StoreLike, StoreLook } from './model-store.js'
export { readActive } from './read-active.js'
export { type History, type HistoryEntry, readHistory } from './read-history.js'
export { readWithdrawn } from './read-withdrawn.js'
export {
  type RollbackOptions,
  type RollbackResult,
  rollbackActive,
} from './rollback-active.js'
export { tryBundle } from './try-bundle.js'
export { type WatchActiveOptions, type Watcher, watchActive } from './watch-active.js'
export {
  readmitModel,
  type WithdrawOptions,
  type WithdrawResult,
  withdrawModel,
} from './withdraw-model.js'
export { type WriteActiveOptions, writeActiveAtomic } from './write-active.js'
