import type { AnyCommand, GlobalOptions, ParsedOptions } from '../command.js'
import { CliError } from '../errors.js'
import { buildProgram } from './build-program.js'
import { refuseTraps } from './from-yargs.js'
import { leadsTo } from './leads-to.js'
import { readOptions } from './read-options.js'

/** What a command line asks for. */
export type Request =
  | { kind: 'run'; command: AnyCommand; options: ParsedOptions & GlobalOptions }
  | { kind: 'help'; text: string }
  | { kind: 'version'; json: boolean }

/** Thrown past yargs once the command is known: it would go on to write the help of it, to have it at hand. */
const ENOUGH = new Error('the command is known')

/** Reads the words after `taskclf`. Every refusal is a CliError with exit code 2. */
export function parseArguments(
  argv: readonly string[],
  commands: readonly AnyCommand[],
  columns?: number | undefined,
): Request {
  refuseTraps(argv)
  // taskclf help train list
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
  let request: Request | undefined
  const program = buildProgram(commands, {
    columns,
    chosen: (command, given) => {
      request = { kind: 'run', command, options: readOptions(command, given) }
      throw ENOUGH
    },
  })
  try {
    program.parse(words, {}, (_error: unknown, given: object, output: string) => {
      const { version, json, _ } = given as { version?: true; json?: true; _: string[] }
      if (version) request = { kind: 'version', json: json === true }
      // Help is asked for a command that is not there: yargs would show everything; without the flag it refuses.
      else if (output !== '') request = leadsTo(_, commands) ? helpOf(output) : parseArguments(_, commands)
    })
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
  // Before its command a flag's meaning is not known.
  if (request === undefined || (request.kind === 'run' && words[0]?.startsWith('-'))) {
    const hint = 'taskclf --help lists the commands'
    throw new CliError('missing_command', 'the command comes before its flags', { hint })
  }
  return request
}

function helpOf(output: string): Request {
  return { kind: 'help', text: `${output.trimEnd()}\n` }
}
