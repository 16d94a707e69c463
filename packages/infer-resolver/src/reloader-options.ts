import type { LocalValidBundle } from '@taskclf/registry-core'
import type { BackoffOptions } from './backoff.js'
import type { ReloadError } from './errors.js'
import type { Degraded, ResolveOptions } from './resolution.js'

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

/** What a model is made of, and until when anybody waits for it. */
export interface LoadContext {
  /** The artifacts, `categorical_encoders.json` and `self_test.json` as they were hashed: what is loaded is what was verified. */
  bytes: ReadonlyMap<string, Uint8Array>
  /** Aborted when the load took too long, a newer pointer came, or the reloader was closed. */
  signal: AbortSignal
}

/** How models are found, loaded, tested and let go. `M` is whatever `load` answers. */
export interface ReloaderOptions<M> extends ResolveOptions {
  /** Makes a model of a checked bundle. Runs beside the model that serves. */
  load: (bundle: LocalValidBundle, context: LoadContext) => M | Promise<M>
  /** Frees a model, once, after its last request; also one that `load` answered when nobody waited for it any more. */
  dispose?: (model: M) => void | Promise<void>
  /** Throws when the loaded model must not serve. */
  selfTest?: (model: M, bundle: LocalValidBundle, context: LoadContext) => void | Promise<void>
  /** Longest time for reading, loading and testing one model in milliseconds. Default 60,000. */
  loadTimeoutMs?: number
  onSwap?: (event: SwapEvent) => void
  onError?: (failure: ReloadFailure) => void
  /** Milliseconds between looks below the file watching. Default 1,000. */
  pollMs?: number
  backoff?: BackoffOptions
  /** Runs `fn` after `ms`; answers how to call it off. For tests with a clock of their own. */
  schedule?: (fn: () => void, ms: number) => () => void
}

/** How a model is found, loaded and tested; as for the reloader, which also watches. */
export type StartOptions<M> = Omit<ReloaderOptions<M>, 'onSwap' | 'pollMs' | 'backoff' | 'schedule'>

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
  /** The model that is being loaded, and for how many milliseconds by now. */
  loading?: { modelId: string; forMs: number }
  /** Another model serves than the one that the pointer asks for, since the start or because the target cannot be served. */
  degraded?: Degraded
  /** The target that cannot be served, if there is one. */
  failing?: {
    modelId?: string
    attempts: number
    resting: boolean
    error: { code: ReloadError['code']; message: string }
  }
}

/** A model that somebody keeps: it is not let go before it is released. */
export interface ModelHold<M> extends Disposable {
  readonly model: M
  readonly served: ServedModel
  /** Gives the model back; more than once makes no difference. */
  release(): void
}

/** How to close. */
export interface CloseOptions {
  /** Longest time to wait for running requests and holds in milliseconds. Default 60,000. */
  timeoutMs?: number
}

/** A model that stays fresh. */
export interface ModelReloader<M> extends AsyncDisposable {
  /**
   * Runs `fn` on the model that serves now; it stays alive until `fn` has ended, whatever is swapped in meanwhile.
   *
   * @throws ReloadError `closed` after `close`; whatever `fn` throws.
   */
  use<T>(fn: (model: M, served: ServedModel) => T | Promise<T>): Promise<T>
  /**
   * Keeps the model that serves now until it is released: for a conversation of requests that one model must answer.
   *
   * @throws ReloadError `closed` after `close`.
   */
  hold(): ModelHold<M>
  /** Which model serves now. */
  readonly current: ServedModel
  status(): ReloaderStatus
  /**
   * Looks at once, and answers when what was found is served or has failed. Called by `load` or `selfTest`, it answers at once, as
   * it would wait for itself.
   */
  refresh(): Promise<void>
  /**
   * Stops watching, gives up a load, lets running requests end and disposes of every model. Always ends: what still runs after
   * `timeoutMs` is reported to `onError` as `close_timed_out`, and its model is released when it ends. Called from within `use`, `load` or
   * `selfTest`, it does not wait.
   */
  close(options?: CloseOptions): Promise<void>
}
