/**
 * What the work answers, or the signal's reason as soon as it is aborted. An answer that comes too late is given to `late`, as
 * nobody else knows of it.
 */
export async function untilAborted<T>(
  work: () => T | Promise<T>,
  signal: AbortSignal,
  late: (answer: T) => unknown = () => {},
): Promise<T> {
  signal.throwIfAborted()
  let abort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
  })
  const working = (async () => work())()
  try {
    return await Promise.race([working, aborted])
  } catch (error) {
    if (signal.aborted) void working.then(late).catch(() => {})
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
