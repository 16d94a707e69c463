/**
 * What the work answers, or the signal's reason as soon as that is aborted. The work is begun in any case; what it answers
 * too late is let go of, as nobody else knows of it.
 */
export function orAborted<T>(
  work: () => T | Promise<T>,
  signal: AbortSignal | undefined,
  letGo: (late: T) => unknown = () => {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false
    const end = (): boolean => {
      signal?.removeEventListener('abort', abort)
      const wasOver = isOver
      isOver = true
      return !wasOver
    }
    const abort = () => {
      if (end()) reject(signal?.reason)
    }
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
    Promise.resolve()
      .then(work)
      .then(
        (answer) => {
          if (end()) resolve(answer)
          else
            void Promise.resolve(answer)
              .then(letGo)
              .catch(() => {})
        },
        (error: unknown) => {
          if (end()) reject(error)
        },
      )
  })
}
