import type { InferResolve } from '../../../documents/infer.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'

/** The path alone: as it is for a program, escaped for a terminal. */
export function text({ path }: InferResolve, terminal: Terminal): string {
  return `${terminal.columns === undefined ? path : escapeText(path)}\n`
}
