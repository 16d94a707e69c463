import type { Flags } from './declaration.js'

/** The words of a line, and its flags with the texts that they are given; `true` for a flag without one. */
export interface Line {
  words: string[]
  given: Map<string, (string | true)[]>
  /** Flags that lack the value they take. */
  lacking: string[]
}

/** Reads a line of these flags. A word that follows a flag which is not among them is taken for its value. */
export function scanLine(argv: readonly string[], flags: Flags): Line {
  const line: Line = { words: [], given: new Map(), lacking: [] }
  const rest = [...argv]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      line.words.push(...rest)
      break
    }
    if (!isFlag(arg)) {
      line.words.push(arg)
      continue
    }
    const [, spelled = arg, inline] = /^(--?[^=]+)(?:=([\s\S]*))?$/.exec(arg) ?? []
    const name = spelled === '-h' ? 'help' : spelled.replace(/^--/, '')
    const type = Object.hasOwn(flags, name) ? flags[name]?.type : undefined
    const next = type === 'boolean' || name === 'help' || isFlag(rest[0] ?? '--') ? undefined : rest[0]
    const value = inline ?? next
    if (inline === undefined && next !== undefined) rest.shift()
    if (type !== undefined && type !== 'boolean' && value === undefined) line.lacking.push(name)
    line.given.set(name, [...(line.given.get(name) ?? []), value ?? true])
  }
  return line
}

/** A dash alone is a standard stream, and one before a digit a number. */
const isFlag = (word: string) => /^-[^\d]/.test(word)
