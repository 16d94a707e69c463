import type { ModelStore } from '@taskclf/active-pointer'

/**
 * Calls `look` again and again: when the store hints at a change, which makes it quick, and every `pollMs`, which makes it sure. Where the
 * store may be at another place each time.
 */
export function watchStore(store: ModelStore, pollMs: number, look: () => void): { close(): void } {
  const hints = store.hints(look)
  const timer = setInterval(() => {
    hints.refresh()
    look()
  }, pollMs)
  // Watched first: a switch made before is seen by this look, one made after it is reported.
  hints.refresh()
  look()
  return {
    close: () => {
      clearInterval(timer)
      hints.close()
    },
  }
}
