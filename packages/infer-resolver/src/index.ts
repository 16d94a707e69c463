export {
  type ActivateBestOptions,
  activateBest,
  type BestActivation,
  type SwitchRecord,
} from './activate-best.js'
export { type BackoffOptions, backoffMs } from './backoff.js'
export { checkRecorded } from './check-recorded.js'
export { RELOAD_ERRORS, RESOLVE_ERRORS } from './error-table.js'
export {
  RELOAD_ERROR_CODES,
  RESOLVE_ERROR_CODES,
  ReloadError,
  type ReloadErrorCode,
  ResolveError,
  type ResolveErrorCode,
} from './errors.js'
export { type FindOptions, findBestModel } from './find-best-model.js'
export type { LoadedModel } from './load-model.js'
export { type ActiveLook, type BrokenCode, lookAtActive, type ReadablePointer } from './look-at-active.js'
export { type RegistryReading, readRegistry } from './read-registry.js'
export type { Recorded } from './recorded.js'
export { createModelReloader } from './reloader.js'
export type {
  CloseOptions,
  LoadContext,
  ModelHold,
  ModelReloader,
  ReloaderOptions,
  ReloaderStatus,
  ReloadFailure,
  ServedModel,
  StartOptions,
  SwapEvent,
} from './reloader-options.js'
export type {
  Degraded,
  DegradedCode,
  OnBrokenPointer,
  Resolution,
  ResolveOptions,
  ResolveWarning,
} from './resolution.js'
export { resolveModelDir } from './resolve-model-dir.js'
export { type LastActive, type Restoration, type RestoreOptions, restoreActive } from './restore-active.js'
export { type StartedModel, startModel } from './start-model.js'
export { inferencePolicyWarnings } from './warnings.js'
export { type Weighed, type WeighOptions, weighBest } from './weigh-best.js'
