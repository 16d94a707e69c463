import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename } from 'node:path'
import { givenPath, type ModelsDirLike, type ModelsDirLook, openModelsDir } from '@taskclf/registry-core'
import { type ActiveState, readActive } from './read-active.js'

/** How to watch. */
export interface WatchActiveOptions {
  /** The version already known: if the pointer is another by now, the listener hears of it at once. */
  since?: string
  /** Milliseconds between looks beneath the file watching. Default 1,000. */
  pollMs?: number
  /** Hears of a models dir or a pointer that cannot be read; watching goes on. */
  onError?: (error: unknown) => void
}

/** A watch that goes on until closed. */
export interface Watcher {
  close(): void
}

/**
 * Tells of every change of `active.json`, by content: a replacement of equal time and size counts, a touch does not.
 * The system's file events make it quick; polling beneath makes it sure. Several quick switches may be told as one.
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
  modelsDir: ModelsDirLike,
  listener: (state: ActiveState) => void,
  options: WatchActiveOptions = {},
): Watcher {
  // Made absolute now: the working directory may be another later.
  const dir = openModelsDir(givenPath(modelsDir))
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
        const found = dir.look()
        // Watched before it is read: what changes in between is told.
        events.follow(found)
        const state = await readActive(found)
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

  const events = new DirectoryEvents(look)
  events.follow(dir.look())
  const timer = setInterval(() => void look(), options.pollMs ?? 1_000)
  void look()
  return {
    close() {
      closed = true
      clearInterval(timer)
      events.close()
    },
  }
}

/** The system's events of the directory that the path leads to now; silent where the system cannot watch. */
class DirectoryEvents {
  #watched = ''
  #watcher: FSWatcher | undefined
  #closed = false

  constructor(readonly onChange: () => void) {}

  /** Watches this directory from now on, and no other. */
  follow(look: ModelsDirLook): void {
    const identity = identityOf(look)
    if (this.#closed || identity === this.#watched) return
    this.#watcher?.close()
    this.#watched = identity
    this.#watcher = watchDirectory(look, this.onChange)
  }

  close(): void {
    this.#closed = true
    this.#watcher?.close()
  }
}

/** Another directory that has come to lie at the same place is another one; of one that is gone reading tells. */
function identityOf({ root }: ModelsDirLook): string {
  const found = statSync(root, { throwIfNoEntry: false })
  return `${root}\n${found?.dev}:${found?.ino}`
}

/** Undefined where the system cannot watch (no inotify left, a network file system): polling goes on alone. */
function watchDirectory({ root, active: path }: ModelsDirLook, onChange: () => void): FSWatcher | undefined {
  const active = basename(path)
  try {
    const watcher = watch(root, { persistent: false }, (_, name) => {
      // A mounted volume moves the link `..data`, and with it what active.json leads to.
      if (name === null || name === active || name.startsWith('..')) onChange()
    })
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
