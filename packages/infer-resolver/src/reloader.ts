import { type Watcher, watchActive } from '@taskclf/active-pointer'
import { computeBundleDigest, openModelsDir, type ValidBundle } from '@taskclf/registry-core'
import { ReloadError } from './errors.js'
import { FailingTarget } from './failing-target.js'
import { Lease } from './lease.js'
import { type LoadedModel, loadModel } from './load-model.js'
import { keyOf, observeTarget, type Target, targetBundle } from './observe-target.js'
import type { ModelReloader, ReloaderOptions, ReloaderStatus, ServedModel } from './reloader-options.js'
import type { Resolution } from './resolution.js'
import { resolveModelDir } from './resolve-model-dir.js'

/**
 * Serves a model and keeps it fresh: when the pointer (or the bundle it names) changes, the new model is verified,
 * loaded and self-tested beside the old one, swapped in, and the old one let go after its last request. A target that
 * cannot be served is reported, retried with growing pauses, then left until it changes; the last good model goes on.
 * It knows no ML runtime: `load` makes the model.
 *
 * @throws ResolveError, RegistryError when there is no model to begin with; ReloadError when the first cannot be loaded.
 * @example
 * ```ts
 * await using reloader = await createModelReloader({ modelsDir: 'models', load: (bundle) => loadPredictor(bundle) })
 * const answer = await reloader.use(async (model, { modelId }) => ({ modelId, rows: await model.predict(rows) }))
 * ```
 */
export async function createModelReloader<M>(options: ReloaderOptions<M>): Promise<ModelReloader<M>> {
  const resolution = await resolveModelDir(options)
  const loaded = await loadModel(resolution.bundle, options)
  const lease = new Lease(loaded.model, servedBy(resolution, loaded))
  if (resolution.source === 'override') return new Reloader(options, lease)
  const reloader = new Reloader(options, lease, openModelsDir(options.modelsDir as string))
  const { version = 'absent', source } = resolution
  reloader.watch(keyOf(version, source === 'active' ? loaded.fingerprint : ''), version)
  return reloader
}

function servedBy(
  { modelId, path, source, revision }: Resolution,
  { bundleDigest }: LoadedModel<unknown>,
): ServedModel {
  return { modelId, path, source, bundleDigest, ...(revision !== undefined && { revision }) }
}

class Reloader<M> implements ModelReloader<M> {
  #lease: Lease<M>
  /** The target that was served or found wanting last; '' at an override. */
  #key = ''
  #failing: FailingTarget | undefined
  #swaps = 0
  #closed = false
  readonly #draining = new Set<Promise<void>>()
  #running: Promise<void> | undefined
  #again = false
  #watcher: Watcher | undefined
  #stopPolling: () => void = () => {}

  constructor(
    readonly options: ReloaderOptions<M>,
    lease: Lease<M>,
    readonly root?: string,
  ) {
    this.#lease = lease
  }

  /** Begins to watch; a switch made since the given state was read is seen at once. */
  watch(key: string, version: string): void {
    const { pollMs = 1_000 } = this.options
    this.#key = key
    const look = () => void this.refresh()
    this.#watcher = watchActive(this.root as string, look, { pollMs, since: version })
    const timer = setInterval(look, pollMs)
    this.#stopPolling = () => clearInterval(timer)
  }

  get current(): ServedModel {
    return this.#lease.served
  }

  async use<T>(fn: (model: M, served: ServedModel) => T | Promise<T>): Promise<T> {
    if (this.#closed) throw new ReloadError('closed', 'this reloader was closed')
    return this.#lease.run(fn)
  }

  status(): ReloaderStatus {
    return {
      state: this.#closed ? 'closed' : 'serving',
      served: this.current,
      swaps: this.#swaps,
      inFlight: this.#lease.inFlight,
      draining: this.#draining.size,
      ...(this.#failing && { failing: this.#failing.status }),
    }
  }

  async refresh(): Promise<void> {
    if (this.root === undefined) return
    this.#again = true
    while (this.#again && !this.#closed) {
      this.#running ??= this.#work(this.root).finally(() => {
        this.#running = undefined
      })
      await this.#running
    }
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true
      this.#watcher?.close()
      this.#stopPolling()
      this.#failing?.forget()
      await this.#running
      this.#letGo(this.#lease)
    }
    await Promise.all(this.#draining)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** One look at a time; a change during one is seen by the next. */
  async #work(root: string): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false
      const target = await observeTarget(root)
      if (target.key === this.#key) this.#recover()
      else if (!this.#failing?.isPausing(target.key)) await this.#follow(target, root)
    }
  }

  async #follow(target: Target, root: string): Promise<void> {
    try {
      const bundle = await targetBundle(target, root, this.options.requirement ?? {})
      const to = servedAt(target, bundle)
      if (await this.#isLoaded(bundle)) this.#repoint(to)
      else this.#swap(to, await loadModel(bundle, this.options))
      this.#key = target.key
      this.#recover()
    } catch (error) {
      this.#fail(target.key, error as ReloadError)
    }
  }

  /** The bundle that serves, under another revision or only touched: content decides. */
  async #isLoaded({ path }: ValidBundle): Promise<boolean> {
    const { current } = this
    return path === current.path && (await computeBundleDigest(path)) === current.bundleDigest
  }

  #repoint(to: Omit<ServedModel, 'bundleDigest'>): void {
    const from = this.current
    this.#lease.served = { ...to, bundleDigest: from.bundleDigest }
    this.#tell(() => this.options.onSwap?.({ from, to: this.current, loaded: false }))
  }

  #swap(to: Omit<ServedModel, 'bundleDigest'>, { model, bundleDigest }: LoadedModel<M>): void {
    const old = this.#lease
    this.#lease = new Lease(model, { ...to, bundleDigest })
    this.#swaps++
    this.#letGo(old)
    this.#tell(() => this.options.onSwap?.({ from: old.served, to: this.current, loaded: true }))
  }

  #letGo(lease: Lease<M>): void {
    lease.retire()
    const gone: Promise<void> = lease.drained
      .then(() => this.options.dispose?.(lease.model))
      .catch((cause) => {
        const { modelId } = lease.served
        const error = new ReloadError('dispose_failed', `${modelId} was not let go: ${cause}`, {
          modelId,
          cause,
        })
        this.#tell(() => this.options.onError?.({ error, attempts: 1 }))
      })
      .finally(() => this.#draining.delete(gone))
    this.#draining.add(gone)
  }

  #recover(): void {
    this.#failing?.forget()
    this.#failing = undefined
  }

  #fail(key: string, error: ReloadError): void {
    const failing = FailingTarget.after(this.#failing, key, error, this.options, () => void this.refresh())
    this.#failing = failing
    this.#tell(() => this.options.onError?.(failing.failure))
  }

  /** A listener that throws is its owner's bug: it surfaces as one, and cannot stop the serving. */
  #tell(call: () => void): void {
    try {
      call()
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}

function servedAt({ state }: Target, { modelId, path }: ValidBundle): Omit<ServedModel, 'bundleDigest'> {
  const revision = state.status === 'valid' ? state.pointer.revision : undefined
  return { modelId, path, source: 'active', ...(revision !== undefined && { revision }) }
}
