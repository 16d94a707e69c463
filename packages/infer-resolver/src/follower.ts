import type { ModelStore } from '@taskclf/active-pointer'
import { ReloadError } from './errors.js'
import { FailingTarget } from './failing-target.js'
import { loadModel } from './load-model.js'
import { observeTarget, servedAt, type Target, targetBundle } from './observe-target.js'
import { recordedBy } from './recorded.js'
import type { ReloaderOptions, ReloaderStatus } from './reloader-options.js'
import type { Degraded, DegradedCode } from './resolution.js'
import type { Serving } from './serving.js'
import { watchStore } from './watch-store.js'

/** A load that goes on beside the serving, until it has ended or is given up. */
interface Loading {
  readonly wish: string | undefined
  readonly giveUp: AbortController
  readonly begun: number
  modelId?: string
  ended: Promise<void>
}

/** Looks where the pointer leads, again and again, and brings the serving there. */
export class Follower<M> {
  /** The target that is served, or that was found at a degraded start. */
  #key = ''
  #failing: FailingTarget | undefined
  #loading: Loading | undefined
  #looking: Promise<void> | undefined
  #again = false
  #stopped = false
  #watch: { close(): void } | undefined

  /** @param degraded how the start was, until a good pointer comes */
  constructor(
    readonly store: ModelStore,
    readonly options: ReloaderOptions<M>,
    readonly serving: Serving<M>,
    private degraded: Degraded | undefined,
  ) {}

  /** Begins to watch, where the start was made of `version`; a switch made since `before` was seen is followed at once. */
  begin(before: Target, version: string | undefined): void {
    if (before.version === version) this.#key = before.key
    if (this.degraded) {
      const { code, message, wanted } = this.degraded
      const error = new ReloadError(code, message, wanted === undefined ? {} : { modelId: wanted })
      this.serving.report({ error, attempts: 1 })
    }
    const { pollMs = 1_000 } = this.options
    this.#watch = watchStore(this.store, pollMs, () => void this.look())
  }

  stop(): void {
    this.#stopped = true
    this.#watch?.close()
    this.#failing?.forget()
    this.#giveUp('the reloader was closed')
  }

  get status(): Pick<ReloaderStatus, 'loading' | 'degraded' | 'failing'> {
    const degraded = this.#failing ? degradedBy(this.#failing.error) : this.degraded
    const { modelId, begun = 0 } = this.#loading ?? {}
    return {
      ...(modelId !== undefined && { loading: { modelId, forMs: performance.now() - begun } }),
      ...(degraded && { degraded }),
      ...(this.#failing && { failing: this.#failing.status }),
    }
  }

  /** One look at a time; what changes during one is seen by the next. */
  look(): Promise<void> {
    this.#again = true
    this.#looking ??= this.#lookWhileAsked()
    return this.#looking
  }

  /** Ends when nothing is being loaded any more. */
  async settled(): Promise<void> {
    while (this.#loading) await this.#loading.ended
  }

  async #lookWhileAsked(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false
        this.#see(await observeTarget(this.store))
      }
    } finally {
      this.#looking = undefined
    }
  }

  #see(target: Target): void {
    if (this.#stopped) return
    if (this.#loading) {
      // Only a newer choice makes a load pointless. Files that change, and a pointer that nobody can read, do not.
      if (target.wish === undefined || target.wish === this.#loading.wish) return
      this.#giveUp('a newer pointer came')
    }
    if (target.key === this.#key) this.#recover()
    else if (!this.#failing?.isPausing(target.key)) this.#follow(target)
  }

  #giveUp(why: string): void {
    this.#loading?.giveUp.abort(new Error(`nobody waits for this model any more: ${why}`))
    this.#loading = undefined
  }

  #follow(target: Target): void {
    const loading: Loading = {
      wish: target.wish,
      giveUp: new AbortController(),
      begun: performance.now(),
      ended: Promise.resolve(),
    }
    this.#loading = loading
    loading.ended = this.#load(target, loading).finally(() => {
      if (this.#loading === loading) this.#loading = undefined
    })
  }

  async #load(target: Target, loading: Loading): Promise<void> {
    const { signal } = loading.giveUp
    try {
      const look = await targetBundle(target, this.options.requirement ?? {})
      loading.modelId = look.bundle.modelId
      const { path, bundleDigest } = this.serving.current
      const { bundle } = await look.store.bundles.fetch(look.bundle, { signal })
      const loaded = await loadModel(bundle, this.options, {
        recorded: recordedBy(look.active),
        store: look.store,
        loaded: bundle.path === path ? bundleDigest : undefined,
        signal,
      })
      const to = servedAt(look, bundle, loaded?.bundleDigest ?? bundleDigest)
      if (signal.aborted) {
        if (loaded) this.serving.discard(to, loaded)
        return
      }
      if (loaded) this.serving.swap(to, loaded)
      else this.serving.repoint(to)
      this.#key = target.key
      this.degraded = undefined
      this.#recover()
    } catch (error) {
      if (!signal.aborted) this.#fail(target.key, asReloadError(error))
    }
  }

  #recover(): void {
    this.#failing?.forget()
    this.#failing = undefined
  }

  #fail(key: string, error: ReloadError): void {
    const failing = FailingTarget.after(this.#failing, key, error, this.options, () => void this.look())
    this.#failing = failing
    this.serving.report(failing.failure)
  }
}

/** What else fails on the way is the system's doing: the history or the models dir could not be read. */
function asReloadError(cause: unknown): ReloadError {
  return cause instanceof ReloadError ? cause : new ReloadError('io', (cause as Error).message, { cause })
}

function degradedBy({ code, message, modelId }: ReloadError): Degraded {
  return { code: code as DegradedCode, message, ...(modelId !== undefined && { wanted: modelId }) }
}
