import type { ValidBundle } from '@taskclf/registry-core'
import type { BackoffOptions } from './backoff.js'
import type { ReloadError } from './errors.js'
import type { ResolveOptions } from './resolution.js'

/** Which model is served: what an answer should carry. */
export interface ServedModel {
  modelId: string
  path: string
  source: 'override' | 'active' | 'selection'
  /** The pointer's revision; absent for an override, a selection, and another program's pointer. */
  revision?: number
  /** Content digest of the bundle. */
  bundleDigest: string
}

/** A swap that happened. */
export interface SwapEvent {
  from: ServedModel
  to: ServedModel
  /** False when only the revision changed and the loaded model stayed. */
  loaded: boolean
}

/** Something that failed while the served model went on serving. */
export interface ReloadFailure {
  error: ReloadError
  /** Failed attempts at this target so far. */
  attempts: number
  /** Milliseconds to the next attempt; absent when it rests until the pointer or the bundle changes. */
  retryInMs?: number
}

/** How models are found, loaded, tested and let go. `M` is whatever `load` answers. */
export interface ReloaderOptions<M> extends ResolveOptions {
  /** Makes a model of a checked bundle. Runs beside the model that serves. */
  load: (bundle: ValidBundle) => M | Promise<M>
  /** Frees a model, once, after its last request. */
  dispose?: (model: M) => void | Promise<void>
  /** Throws when the loaded model must not serve. */
  selfTest?: (model: M, bundle: ValidBundle) => void | Promise<void>
  onSwap?: (event: SwapEvent) => void
  onError?: (failure: ReloadFailure) => void
  /** Milliseconds between looks beneath the file watching. Default 1,000. */
  pollMs?: number
  backoff?: BackoffOptions
  /** Runs `fn` after `ms`; answers how to call it off. For tests with a clock of their own. */
  schedule?: (fn: () => void, ms: number) => () => void
}

/** What a reloader is doing. */
export interface ReloaderStatus {
  state: 'serving' | 'closed'
  served: ServedModel
  /** Models swapped in since the start. */
  swaps: number
  /** Requests running on the served model. */
  inFlight: number
  /** Models that were replaced and still finish requests. */
  draining: number
  /** The target that cannot be served, if there is one. */
  failing?: {
    modelId?: string
    attempts: number
    resting: boolean
    error: { code: ReloadError['code']; message: string }
  }
}

/** A model that stays fresh. */
export interface ModelReloader<M> extends AsyncDisposable {
  /**
   * Runs `fn` on the model that serves now; it stays alive until `fn` has ended, whatever is swapped in meanwhile.
   *
   * @throws ReloadError `closed` after `close`; whatever `fn` throws.
   */
  use<T>(fn: (model: M, served: ServedModel) => T | Promise<T>): Promise<T>
  /** Which model serves now. */
  readonly current: ServedModel
  status(): ReloaderStatus
  /** Looks at once, and answers when what was found is served or has failed. */
  refresh(): Promise<void>
  /** Stops watching, lets running requests end, disposes of every model. */
  close(): Promise<void>
}
