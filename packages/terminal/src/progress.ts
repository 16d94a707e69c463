import { cutEnd, escapeText } from './escape.js'
import type { OutputStream } from './terminal.js'

/** Tells a person that work goes on. */
export interface Progress {
  /** Shows `text` in place of what was shown before; only on a terminal. */
  update(text: string): void
  /** Something done or said, which stays: a line of its own. */
  line(text: string): void
  /** What begins now: shown on a terminal, a line elsewhere. */
  step(text: string): void
  /** Takes the line away. */
  clear(): void
}

const SILENT: Progress = { update: () => {}, line: () => {}, step: () => {}, clear: () => {} }

/** One line that changes on a terminal, plain lines elsewhere, and silence where the answer is a document. */
export function createProgress(stream: OutputStream, enabled: boolean): Progress {
  if (!enabled) return SILENT
  const line = (text: string) => {
    stream.write(`${escapeText(text)}\n`)
  }
  return stream.isTTY === true ? onTerminal(stream, line) : { ...SILENT, line, step: line }
}

function onTerminal(stream: OutputStream, line: Progress['line']): Progress {
  let shown: string | undefined
  const clear = () => {
    if (shown !== undefined) stream.write('\r\u001b[K')
    shown = undefined
  }
  const update = (text: string) => {
    clear()
    stream.write(cutEnd(escapeText(text), (stream.columns || 80) - 1))
    shown = text
  }
  const above = (text: string) => {
    const below = shown
    clear()
    line(text)
    if (below !== undefined) update(below)
  }
  return { update, line: above, step: update, clear }
}
