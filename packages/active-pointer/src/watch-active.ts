import type { ActiveState } from './format/active-state.js'
import { storeOf } from './look-at-store.js'
import type { StoreLike } from './model-store.js'

/** How to watch. */
export interface WatchActiveOptions {
  /** The version already known: if the pointer is another by now, the listener hears of it at once. */
  since?: string
  /** Milliseconds between looks below the file watching. Default 1,000. */
  pollMs?: number
  /** Hears of a models dir or a pointer that cannot be read; watching goes on. */
  onError?: (error: unknown) => void
}

/** A watch that goes on until closed. */
export interface Watcher {
  close(): void
}

/**
 * Reports every change of `active.json`, by content: a replacement of equal time and size counts, a touch does not.
 * The store's hints make it quick; polling makes it sure. Several quick switches may be reported as one.
 * Each look starts from the path as given, so that a link which a deployment leads elsewhere is followed.
 *
 * @throws RegistryError when the models dir cannot be opened.
 * @example
 * ```ts
 * const { version } = await readActive('models')
 * const watcher = watchActive('models', (state) => console.log(state.status), { since: version })
 * watcher.close()
 * ```
 */
export function watchActive(
  where: StoreLike,
  listener: (state: ActiveState) => void,
  options: WatchActiveOptions = {},
): Watcher {
  const store = storeOf(where)
  const onError = options.onError ?? (() => {})
  let known = options.since
  let closed = false
  let looking = false
  let again = false

  const look = async (): Promise<void> => {
    if (closed) return
    if (looking) {
      again = true
      return
    }
    looking = true
    try {
      do {
        again = false
        // Watched before it is read: what changes in between is reported.
        hints.refresh()
        const state = await store.look().pointer.read()
        const changed = known !== undefined && state.version !== known
        known = state.version
        if (changed && !closed) listener(state)
      } while (again)
    } catch (error) {
      if (!closed) onError(error)
    } finally {
      looking = false
    }
  }

  // A caller that gives a directory that is not there gets the error at once.
  store.look()
  const hints = store.hints(() => void look())
  hints.refresh()
  const timer = setInterval(() => void look(), options.pollMs ?? 1_000)
  void look()
  return {
    close() {
      closed = true
      clearInterval(timer)
      hints.close()
    },
  }
}
