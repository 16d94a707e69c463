import { setImmediate } from 'node:timers/promises'

/**
 * What comes before the signal is aborted; then it ends, even while nothing comes.
 *
 * @example
 * ```ts
 * for await (const rows of untilAborted(readRowBatches(process.stdin), signal)) await predict(rows)
 * ```
 */
export async function* untilAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const source = items[Symbol.asyncIterator]()
  try {
    while (!signal.aborted) {
      const item = await nextOrAborted(source.next(), signal)
      if (item === undefined || item.done) break
      yield item.value
    }
  } finally {
    const ended = source.return?.(undefined)
    // A source that waits for input only ends when that comes, or when it is destroyed.
    if (signal.aborted) ended?.catch(() => {})
    else await ended
  }
}

/** A listener of its own for each wait: racing with one lasting promise would keep every item that ever came. */
function nextOrAborted<T>(
  next: Promise<IteratorResult<T>>,
  signal: AbortSignal,
): Promise<IteratorResult<T> | undefined> {
  return new Promise((resolve, reject) => {
    // What came in the same moment as the signal is still taken.
    const onAbort = () => void setImmediate().then(() => resolve(undefined))
    signal.addEventListener('abort', onAbort, { once: true })
    next.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
