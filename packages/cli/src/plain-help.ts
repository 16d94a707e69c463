import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpWidth } from './help-width.js'

/** Where the build writes the help on a command, a group or, for no words, the program; below `dist`. */
export function helpFile(words: readonly string[], width: number): string {
  return `help/${width}/${['taskclf', ...words].join('.')}.txt`
}

/** What a line asks for help on, when that is all it asks: `help train list`, `train list --help`. */
export function helpWords(argv: readonly string[]): readonly string[] | undefined {
  const isLast = ['--help', '-h'].includes(argv.at(-1) ?? '')
  if (argv[0] !== 'help' && !isLast) return undefined
  const words = argv[0] === 'help' ? argv.slice(1) : argv.slice(0, -1)
  return words.every((word) => /^[a-z][a-z-]*$/.test(word)) ? words : undefined
}

/** The help on these words, as written when the package was built. Throws where none was: for no command, or a narrow terminal. */
export function plainHelp(words: readonly string[], columns: number | undefined): string {
  return readFileSync(join(import.meta.dirname, helpFile(words, helpWidth(columns))), 'utf8')
}
