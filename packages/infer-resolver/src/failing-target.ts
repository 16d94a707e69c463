import { backoffMs } from './backoff.js'
import type { ReloadError } from './errors.js'
import type { ReloaderOptions, ReloaderStatus, ReloadFailure } from './reloader-options.js'

type RetryOptions = Pick<ReloaderOptions<unknown>, 'backoff' | 'schedule'>

/** One target that could not be served: how often it was tried, and when it is due again. */
export class FailingTarget {
  #due = false
  #callOff: () => void = () => {}

  private constructor(
    readonly key: string,
    readonly error: ReloadError,
    readonly attempts: number,
    readonly retryInMs: number | undefined,
  ) {}

  /** Records a failed attempt and has `retry` called after the pause; a target that failed too often rests instead. */
  static after(
    before: FailingTarget | undefined,
    key: string,
    error: ReloadError,
    options: RetryOptions,
    retry: () => void,
  ): FailingTarget {
    before?.forget()
    const attempts = before?.key === key ? before.attempts + 1 : 1
    const failing = new FailingTarget(key, error, attempts, backoffMs(attempts, options.backoff))
    if (failing.retryInMs === undefined) return failing
    const schedule = options.schedule ?? scheduleTimeout
    failing.#callOff = schedule(() => {
      failing.#due = true
      retry()
    }, failing.retryInMs)
    return failing
  }

  /** Whether this target is to be left alone for now. */
  isPausing(key: string): boolean {
    return key === this.key && !this.#due
  }

  forget(): void {
    this.#callOff()
  }

  get failure(): ReloadFailure {
    const { error, attempts, retryInMs } = this
    return { error, attempts, ...(retryInMs !== undefined && { retryInMs }) }
  }

  get status(): NonNullable<ReloaderStatus['failing']> {
    const { code, message, modelId } = this.error
    const resting = this.retryInMs === undefined
    return {
      ...(modelId !== undefined && { modelId }),
      attempts: this.attempts,
      resting,
      error: { code, message },
    }
  }
}

function scheduleTimeout(fn: () => void, ms: number): () => void {
  const timer = setTimeout(fn, ms)
  return () => clearTimeout(timer)
}
