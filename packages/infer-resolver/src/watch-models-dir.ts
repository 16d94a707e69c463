import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename } from 'node:path'
import { modelsDirLayout } from '@taskclf/registry-core'

/**
 * Calls `look` again and again: when the system tells of a change, which makes it quick, and every `pollMs`, which makes it sure. The
 * directory that the path leads to may be another each time.
 */
export function watchModelsDir(path: string, pollMs: number, look: () => void): { close(): void } {
  let events: FSWatcher | undefined
  let watched: string | undefined
  const follow = () => {
    const there = identityOf(path)
    if (there === watched) return
    watched = there
    events?.close()
    events = watchDirectory(path, look)
  }
  const timer = setInterval(() => {
    follow()
    look()
  }, pollMs)
  // Watched first: a switch made before is seen by this look, one made after it is told.
  follow()
  look()
  return {
    close: () => {
      clearInterval(timer)
      events?.close()
    },
  }
}

/** Another directory that has come to lie at the same place is another. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path)
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

/** Undefined where the system cannot watch (no inotify left, a network file system, nothing there): polling goes on alone. */
function watchDirectory(path: string, look: () => void): FSWatcher | undefined {
  const active = basename(modelsDirLayout(path).active)
  try {
    const watcher = watch(path, { persistent: false }, (_, name) => {
      // A mounted volume is changed by moving its link `..data`.
      if (name === null || name === active || name.startsWith('..')) look()
    })
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
