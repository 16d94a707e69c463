import type { ServedModel } from './reloader-options.js'

/** A loaded model with the requests that run on it: disposed once, when it is retired and the last has ended. */
export class Lease<M> {
  served: ServedModel
  #inFlight = 0
  #retired = false
  #onDrained: () => void = () => {}
  readonly drained: Promise<void>

  constructor(
    readonly model: M,
    served: ServedModel,
  ) {
    this.served = served
    this.drained = new Promise((resolve) => {
      this.#onDrained = resolve
    })
  }

  get inFlight(): number {
    return this.#inFlight
  }

  async run<T>(fn: (model: M, served: ServedModel) => T | Promise<T>): Promise<T> {
    this.#inFlight++
    try {
      return await fn(this.model, this.served)
    } finally {
      this.#inFlight--
      this.#settle()
    }
  }

  /** No request begins on it any more; `drained` resolves when the last has ended. */
  retire(): void {
    this.#retired = true
    this.#settle()
  }

  #settle(): void {
    if (this.#retired && this.#inFlight === 0) this.#onDrained()
  }
}
