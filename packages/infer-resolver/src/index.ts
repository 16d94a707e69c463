export { type BackoffOptions, backoffMs } from './backoff.js'
export {
  RELOAD_ERROR_CODES,
  RESOLVE_ERROR_CODES,
  ReloadError,
  type ReloadErrorCode,
  ResolveError,
  type ResolveErrorCode,
} from './errors.js'
export { createModelReloader } from './reloader.js'
export type {
  ModelReloader,
  ReloaderOptions,
  ReloaderStatus,
  ReloadFailure,
  ServedModel,
  SwapEvent,
} from './reloader-options.js'
export type { Resolution, ResolveOptions, ResolveWarning } from './resolution.js'
export { resolveModelDir } from './resolve-model-dir.js'
