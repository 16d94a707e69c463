import { type ModelStore, storeOf } from '@taskclf/active-pointer'
import { ReloadError } from './errors.js'
import { Follower } from './follower.js'
import { isInside, runInside } from './inside.js'
import { observeTarget } from './observe-target.js'
import type {
  CloseOptions,
  ModelHold,
  ModelReloader,
  ReloaderOptions,
  ReloaderStatus,
  ServedModel,
} from './reloader-options.js'
import { Serving } from './serving.js'
import { type StartedModel, startModel } from './start-model.js'

/**
 * Serves a model and keeps it fresh: when the pointer (or the bundle it names) changes, the new model is verified,
 * loaded and self-tested beside the old one, swapped in, and the old one let go after its last request. A target that
 * cannot be served is reported, retried with growing pauses, then left until it changes; the last good model goes on. A load
 * that takes too long, or that a newer pointer has made pointless, is given up. Each look starts from the path as it was given.
 * It knows no ML runtime: `load` makes the model.
 *
 * @throws ResolveError, RegistryError when there is no model to begin with, as `resolveModelDir`; ReloadError when the first cannot
 * be loaded, and `onBrokenPointer` lets no other take its place.
 * @example
 * ```ts
 * await using reloader = await createModelReloader({ modelsDir: 'models', load: loadPredictor })
 * const answer = await reloader.use(async (model, { modelId }) => ({ modelId, rows: await model.predict(rows) }))
 * ```
 */
export async function createModelReloader<M>(given: ReloaderOptions<M>): Promise<ModelReloader<M>> {
  const { modelDir, modelsDir } = given
  if (modelDir !== undefined || modelsDir === undefined) return new Reloader(given, await startModel(given))
  // Made absolute now: the working directory may be another later.
  const store = storeOf(modelsDir)
  const options = { ...given, modelsDir: store }
  const before = await observeTarget(store)
  const started = await startModel(options)
  const reloader = new Reloader(options, started, store)
  reloader.follower?.begin(before, started.resolution.version)
  return reloader
}

class Reloader<M> implements ModelReloader<M> {
  readonly #serving: Serving<M>
  /** Absent at an override. */
  readonly follower: Follower<M> | undefined
  #closed = false

  constructor(given: ReloaderOptions<M>, { resolution, loaded }: StartedModel<M>, store?: ModelStore) {
    const { load, selfTest, dispose } = given
    const options: ReloaderOptions<M> = {
      ...given,
      load: (...passed) => runInside(this, 'load', () => load(...passed)),
      ...(selfTest && { selfTest: (...passed) => runInside(this, 'load', () => selfTest(...passed)) }),
      ...(dispose && { dispose: (model) => runInside(this, 'request', () => dispose(model)) }),
    }
    const { modelId, path, source, revision, degraded } = resolution
    this.#serving = new Serving(options, loaded, {
      modelId,
      path,
      source,
      bundleDigest: loaded.bundleDigest,
      ...(revision !== undefined && { revision }),
    })
    if (store !== undefined) this.follower = new Follower(store, options, this.#serving, degraded)
  }

  get current(): ServedModel {
    return this.#serving.current
  }

  async use<T>(fn: (model: M, served: ServedModel) => T | Promise<T>): Promise<T> {
    this.#refuseClosed()
    return this.#serving.use(this, fn)
  }

  hold(): ModelHold<M> {
    this.#refuseClosed()
    return this.#serving.hold()
  }

  #refuseClosed(): void {
    if (this.#closed)
      throw new ReloadError('closed', 'this reloader was closed; accept no requests after that')
  }

  status(): ReloaderStatus {
    return {
      state: this.#closed ? 'closed' : 'serving',
      served: this.current,
      ...this.#serving.counts,
      ...this.follower?.status,
    }
  }

  async refresh(): Promise<void> {
    if (this.#closed) return
    const looked = this.follower?.look()
    // A load would wait for itself.
    if (isInside(this, 'load')) return
    await looked
    await this.follower?.settled()
  }

  async close({ timeoutMs = 60_000 }: CloseOptions = {}): Promise<void> {
    if (!this.#closed) {
      this.#closed = true
      this.follower?.stop()
      this.#serving.end()
    }
    // A request would wait for itself.
    if (isInside(this, 'load', 'request') || (await this.#serving.drained(timeoutMs))) return
    const { draining } = this.#serving.counts
    const message = `${draining} models are still in use ${timeoutMs} ms after closing; each is let go when that ends`
    this.#serving.report({ error: new ReloadError('close_timed_out', message), attempts: 1 })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
