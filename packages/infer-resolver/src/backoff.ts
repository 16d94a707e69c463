/** How the pauses between attempts grow. */
export interface BackoffOptions {
  /** First pause in milliseconds. Default 250. */
  initialMs?: number
  /** Longest pause in milliseconds. Default 60,000. */
  maxMs?: number
  /** Attempts at one target before it rests until it changes. Default 10. */
  maxAttempts?: number
  /** A number in [0, 1), for the jitter. Default Math.random. */
  random?: () => number
}

/**
 * The pause after the given failed attempt (from 1): doubled each time up to the longest, of which between half and
 * all is taken; undefined when the target has failed often enough to rest.
 *
 * @example
 * ```ts
 * backoffMs(1, { random: () => 0.5 }) // 187.5
 * ```
 */
export function backoffMs(attempt: number, options: BackoffOptions = {}): number | undefined {
  const { initialMs = 250, maxMs = 60_000, maxAttempts = 10, random = Math.random } = options
  if (attempt >= maxAttempts) return undefined
  return Math.min(initialMs * 2 ** (attempt - 1), maxMs) * (0.5 + random() / 2)
}
