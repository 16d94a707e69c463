import type { AnyCommand, GlobalOptions, ParsedOptions } from '../command.js'
import { CliError } from '../errors.js'
import { didYouMean } from '../nearest.js'
import { readOptions } from './read-options.js'

/** What a command line asks for. */
export type Request =
  | { kind: 'run'; command: AnyCommand; options: ParsedOptions & GlobalOptions }
  | { kind: 'help'; path: readonly string[] }
  | { kind: 'version'; json: boolean }

/** Reads the words after `taskclf`. Every refusal is a CliError with exit code 2. */
export function parseArguments(argv: readonly string[], commands: readonly AnyCommand[]): Request {
  const path = leadingWords(argv)
  const asksHelp = untilDashes(argv).some((word) => word === '--help' || word === '-h')
  const command = findCommand(path, commands)
  if (asksHelp || path[0] === 'help') return { kind: 'help', path: helpPath(path, command, commands) }
  if (command !== undefined) return { kind: 'run', command, options: readOptions(argv, command) }
  if (untilDashes(argv).includes('--version')) return { kind: 'version', json: argv.includes('--json') }
  throw noSuchCommand(path, argv, commands)
}

function untilDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? argv : argv.slice(0, end)
}

/** The words up to the first flag: group, verb and whatever follows. */
function leadingWords(argv: readonly string[]): string[] {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return argv.slice(0, end === -1 ? argv.length : end)
}

function findCommand(path: readonly string[], commands: readonly AnyCommand[]): AnyCommand | undefined {
  return commands.find((command) => command.path.every((word, i) => word === path[i]))
}

function helpPath(
  words: readonly string[],
  command: AnyCommand | undefined,
  commands: readonly AnyCommand[],
): readonly string[] {
  const path = words[0] === 'help' ? words.slice(1) : words
  const found = command ?? findCommand(path, commands)
  if (found !== undefined) return found.path
  const group = path[0]
  if (group === undefined) return []
  if (commands.some((one) => one.path[0] === group)) return [group]
  throw noSuchCommand(path, path, commands)
}

function noSuchCommand(
  path: readonly string[],
  argv: readonly string[],
  commands: readonly AnyCommand[],
): CliError {
  const [group, verb] = path
  const groups = [...new Set(commands.map((command) => command.path[0]))]
  const hint = 'taskclf --help lists the commands'
  if (group === undefined) {
    if (argv.length > 0)
      return new CliError('missing_command', 'the command comes before its flags', { hint })
    return new CliError('missing_command', 'no command given', { hint })
  }
  const verbs = commands
    .filter((command) => command.path[0] === group)
    .map((command) => command.path[1] ?? '')
  if (verbs.length === 0) {
    const message = `unknown command ${JSON.stringify(group)}${didYouMean(group, groups)}`
    return new CliError('unknown_command', message, { hint })
  }
  const known = `taskclf ${group} knows ${verbs.join(', ')}`
  if (verb === undefined) return new CliError('missing_command', `${group} needs a verb`, { hint: known })
  const message = `unknown command ${JSON.stringify(`${group} ${verb}`)}${didYouMean(verb, verbs)}`
  return new CliError('unknown_command', message, { hint: known })
}
