import type { ServedModel } from './reloader-options.js'

/** A loaded model with what runs on it: disposed once, when it is retired and the last has ended. */
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

  /** One more that needs the model; what is answered says, once, that it does not any more. */
  take(): () => void {
    this.#inFlight++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
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
