import type { Terminal } from './terminal.js'

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const

/** Colours text where the terminal shows colour, else leaves it alone. */
export type Paint = Record<keyof typeof CODES, (text: string) => string>

/** The paint of this terminal. */
export function painter(terminal: Terminal): Paint {
  const entries = Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    (text: string) => (terminal.color ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ])
  return Object.fromEntries(entries)
}
