import { parseArguments } from './args/parse-arguments.js'
import { COMMANDS } from './commands/all.js'

// A program of its own beside the entry: the declarations and yargs, and no command's work.

/** The help that this line asks for; undefined when it asks for something else. */
export function plainHelp(argv: readonly string[], columns: number | undefined): string | undefined {
  const request = parseArguments(argv, COMMANDS, columns)
  return request.kind === 'help' ? request.text : undefined
}
