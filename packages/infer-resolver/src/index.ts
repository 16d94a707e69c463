export { RESOLVE_ERROR_CODES, ResolveError, type ResolveErrorCode } from './errors.js'
export type { Resolution, ResolveOptions, ResolveWarning } from './resolution.js'
export { resolveModelDir } from './resolve-model-dir.js'
