import { ReloadError } from './errors.js'
import { runInside } from './inside.js'
import { Lease } from './lease.js'
import type { LoadedModel } from './load-model.js'
import type { ModelHold, ReloaderOptions, ReloadFailure, ServedModel } from './reloader-options.js'

type ServingOptions<M> = Pick<ReloaderOptions<M>, 'dispose' | 'onSwap' | 'onError'>

/** The model that serves, those that still finish requests, and who is notified. */
export class Serving<M> {
  #lease: Lease<M>
  #swaps = 0
  readonly #draining = new Set<Promise<void>>()

  constructor(
    readonly options: ServingOptions<M>,
    { model }: LoadedModel<M>,
    served: ServedModel,
  ) {
    this.#lease = new Lease(model, served)
  }

  get current(): ServedModel {
    return this.#lease.served
  }

  get counts() {
    return { swaps: this.#swaps, inFlight: this.#lease.inFlight, draining: this.#draining.size }
  }

  async use<T>(owner: object, fn: (model: M, served: ServedModel) => T | Promise<T>): Promise<T> {
    const { model, served } = this.#lease
    const release = this.#lease.take()
    try {
      return await runInside(owner, 'request', () => fn(model, served))
    } finally {
      release()
    }
  }

  hold(): ModelHold<M> {
    const { model, served } = this.#lease
    const release = this.#lease.take()
    return { model, served, release, [Symbol.dispose]: release }
  }

  /** The model that serves, under another revision or place. */
  repoint(to: ServedModel): void {
    const from = this.current
    this.#lease.served = to
    this.tell(() => this.options.onSwap?.({ from, to, loaded: false }))
  }

  swap(to: ServedModel, { model }: LoadedModel<M>): void {
    const old = this.#lease
    this.#lease = new Lease(model, to)
    this.#swaps++
    this.#letGo(old)
    this.tell(() => this.options.onSwap?.({ from: old.served, to, loaded: true }))
  }

  /** A model that nobody wants any more, though it is loaded. */
  discard(to: ServedModel, { model }: LoadedModel<M>): void {
    this.#letGo(new Lease(model, to))
  }

  /** Nothing begins any more. */
  end(): void {
    this.#letGo(this.#lease)
  }

  /** When everything that runs has ended; false when that takes longer. */
  async drained(timeoutMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), Math.min(timeoutMs, 2 ** 31 - 1))
    })
    const all = Promise.all(this.#draining).then(() => true)
    return Promise.race([all, tooLong]).finally(() => clearTimeout(timer))
  }

  report(failure: ReloadFailure): void {
    this.tell(() => this.options.onError?.(failure))
  }

  #letGo(lease: Lease<M>): void {
    lease.retire()
    const gone: Promise<void> = lease.drained
      .then(() => this.options.dispose?.(lease.model))
      .catch((cause) => {
        const { modelId } = lease.served
        const message = `${modelId} was not let go: ${cause}`
        this.report({ error: new ReloadError('dispose_failed', message, { modelId, cause }), attempts: 1 })
      })
      .finally(() => this.#draining.delete(gone))
    this.#draining.add(gone)
  }

  /** A listener that throws is its owner's bug: it surfaces as one, and cannot stop the serving. */
  tell(call: () => void): void {
    try {
      call()
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}
