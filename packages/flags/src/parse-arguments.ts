import type { Declaration, GlobalOptions, ParsedOptions } from './declaration.js'
import { FlagsError } from './errors.js'
import { GLOBAL_FLAGS } from './global-flags.js'
import { readOptions } from './read-options.js'
import { refuseCommand } from './refuse-command.js'
import { scanLine } from './scan-line.js'

/** What a command line asks for; `path` leads to what help is asked on: the program, a group, or a command. */
export type Request<C extends Declaration = Declaration> =
  | { kind: 'run'; command: C; options: ParsedOptions & GlobalOptions }
  | { kind: 'help'; path: readonly string[] }
  | { kind: 'version'; json: boolean }

/** Reads the words after `taskclf`. Every refusal is a FlagsError. */
export function parseArguments<C extends Declaration>(
  argv: readonly string[],
  commands: readonly C[],
): Request<C> {
  if (argv.length === 0) return { kind: 'help', path: [] }
  // taskclf help train list
  const args = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv
  const outline = scanLine(args, GLOBAL_FLAGS)
  const command = commands.find(({ path }) => path.every((word, i) => word === outline.words[i]))
  const line = command === undefined ? outline : scanLine(args, { ...command.flags, ...GLOBAL_FLAGS })
  const { words, given } = line
  const endsInHelp = words.at(-1) === 'help'
  const asked = (endsInHelp ? words.slice(0, -1) : words).slice(0, command?.path.length)
  if ((endsInHelp || given.has('help')) && leadsTo(asked, commands)) return { kind: 'help', path: asked }
  if (given.has('version')) return { kind: 'version', json: given.has('json') }
  if (command === undefined) throw refuseCommand(words, commands)
  if (args[0]?.startsWith('-')) {
    const hint = 'taskclf --help lists the commands'
    throw new FlagsError('missing_command', 'the command comes before its flags', { hint })
  }
  return { kind: 'run', command, options: readOptions(command, line) }
}

/** Whether these words are the beginning of a command. */
function leadsTo(words: readonly string[], commands: readonly Declaration[]): boolean {
  return commands.some(({ path }) => words.every((word, i) => word === path[i]))
}
