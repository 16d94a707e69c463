import type { OutputStream } from '../io.js'
import { cutEnd, escapeText } from './escape.js'

/** Tells a person that work goes on. */
export interface Progress {
  /** Shows `text` in place of what was shown before. */
  update(text: string): void
  /** Takes the line away. */
  clear(): void
}

/** Progress on a terminal; silence everywhere else. */
export function createProgress(stream: OutputStream, enabled: boolean): Progress {
  if (!enabled || stream.isTTY !== true) return { update: () => {}, clear: () => {} }
  let shown = false
  const clear = () => {
    if (shown) stream.write('\r\u001b[K')
    shown = false
  }
  return {
    update: (text) => {
      clear()
      stream.write(cutEnd(escapeText(text), (stream.columns ?? 80) - 1))
      shown = true
    },
    clear,
  }
}
