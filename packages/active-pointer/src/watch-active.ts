import { type FSWatcher, watch } from 'node:fs'
import { basename } from 'node:path'
import { modelsDirLayout, openModelsDir } from '@taskclf/registry-core'
import { type ActiveState, readActive } from './read-active.js'

/** How to watch. */
export interface WatchActiveOptions {
  /** The version already known: if the pointer is another by now, the listener hears of it at once. */
  since?: string
  /** Milliseconds between looks beneath the file watching. Default 1,000. */
  pollMs?: number
  /** Hears of a models dir that cannot be read; watching goes on. */
  onError?: (error: unknown) => void
}

/** A watch that goes on until closed. */
export interface Watcher {
  close(): void
}

/**
 * Tells of every change of `active.json`, by content: a replacement of equal time and size counts, a touch does not.
 * The system's file events make it quick; polling beneath makes it sure. Several quick switches may be told as one.
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
  modelsDir: string,
  listener: (state: ActiveState) => void,
  options: WatchActiveOptions = {},
): Watcher {
  const root = openModelsDir(modelsDir)
  const name = basename(modelsDirLayout(root).active)
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
        const state = await readActive(root)
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

  const events = watchDirectory(root, (changed) => {
    if (changed === null || changed === name) void look()
  })
  const timer = setInterval(() => void look(), options.pollMs ?? 1_000)
  void look()
  return {
    close() {
      closed = true
      clearInterval(timer)
      events?.close()
    },
  }
}

/** Undefined where the system cannot watch (no inotify left, a network file system): polling goes on alone. */
function watchDirectory(path: string, onChange: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { persistent: false }, (_, name) => onChange(name))
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
