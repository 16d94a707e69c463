import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename } from 'node:path'
import { modelsDirLayout } from '@taskclf/registry-core'
import type { StoreHints } from '../model-store.js'

/** The system's events of the directory that a path leads to now; silent where the system cannot watch. */
export class DirectoryEvents implements StoreHints {
  readonly #active: string
  #watched: string | undefined
  #watcher: FSWatcher | undefined
  #closed = false

  /** @param path the models dir as given: a deployment may lead it elsewhere */
  constructor(
    readonly path: string,
    readonly onChange: () => void,
  ) {
    this.#active = basename(modelsDirLayout(path).active)
  }

  refresh(): void {
    const there = identityOf(this.path)
    if (this.#closed || there === this.#watched) return
    this.#watcher?.close()
    this.#watched = there
    this.#watcher = there === undefined ? undefined : this.#watch()
  }

  close(): void {
    this.#closed = true
    this.#watcher?.close()
  }

  /** Undefined where the system cannot watch (no inotify left, a network file system): polling goes on alone. */
  #watch(): FSWatcher | undefined {
    try {
      const watcher = watch(this.path, { persistent: false }, (_, name) => {
        // A mounted volume moves the link `..data`, and with it what active.json leads to.
        if (name === null || name === this.#active || name.startsWith('..')) this.onChange()
      })
      watcher.on('error', () => watcher.close())
      return watcher
    } catch {
      return undefined
    }
  }
}

/** Another directory that has come to the same place is another one. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path)
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}
