import yargs, { type Argv, type Options } from 'yargs'
import type { AnyCommand, Flag, Flags, Positional } from '../command.js'
import { helpWidth } from '../help-width.js'
import { type GivenValues, toRefusal, YARGS_SENTENCES } from './from-yargs.js'
import { GLOBAL_FLAGS } from './global-flags.js'

declare module 'yargs' {
  // Missing in the published types.
  interface Argv<T> {
    usageConfiguration(configuration: { 'hide-types'?: boolean }): this
  }
}

/** What makes a program of the commands. */
export interface ProgramOptions {
  columns: number | undefined
  /** Called with the command that the line names, and what it is given. */
  chosen(command: AnyCommand, given: GivenValues): void
  /** For completion: what could stand for a flag or a word. Words are then declared, flags get choices. */
  offered?: (name: string, slot: Flag | Positional) => readonly string[]
}

const PARSER = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'populate--': true,
}

const GLOBAL_GROUP = 'Global flags:'
const EXIT_CODES =
  'Exit codes: 0 done · 1 the answer is no · 2 wrong usage · 3 environment failed · 4 conflict · 70 our bug'

/** The yargs program of these commands: it refuses by throwing a CliError, and neither prints nor exits. */
export function buildProgram(commands: readonly AnyCommand[], options: ProgramOptions): Argv {
  // Where the line has led so far, for hints.
  const reached: { path: readonly string[]; flags: Flags } = { path: [], flags: GLOBAL_FLAGS }
  const program: Argv = yargs()
    .scriptName('taskclf')
    .detectLocale(false)
    .updateStrings(YARGS_SENTENCES)
    .parserConfiguration(PARSER)
    .usageConfiguration({ 'hide-types': true })
    .usage('taskclf: which model serves, and why. Works on a directory of model bundles.')
    .usage('\nUsage: taskclf GROUP VERB [flags]')
    .options(yargsOptions(GLOBAL_FLAGS, GLOBAL_GROUP, options))
    .help('help', 'Show this help; of a command with taskclf GROUP VERB --help')
    .alias('help', 'h')
    .version('version', 'Show the version', '')
    .group(['help', 'version'], GLOBAL_GROUP)
    .strictCommands()
    .strictOptions()
    .recommendCommands()
    .demandCommand(1, 'missing_command: no command given')
    .wrap(helpWidth(options.columns))
    .exitProcess(false)
    .fail((message: string | null) => {
      throw toRefusal(message ?? '', reached)
    })
    .epilogue(EXIT_CODES)
  for (const name of new Set(commands.map(({ path }) => path[0]))) {
    const within = commands.filter(({ path }) => path[0] === name)
    const [command] = within
    addExamples(program, command?.examples.slice(0, 1) ?? [])
    if (command?.path.length === 1) addCommand(program, command, options, reached)
    else addGroup(program, name, within, options, reached)
  }
  return program
}

type Reached = { path: readonly string[]; flags: Flags }

function addGroup(
  program: Argv,
  name: string,
  within: readonly AnyCommand[],
  options: ProgramOptions,
  reached: Reached,
): void {
  const verbs = within.map(({ path }) => path[1] ?? '').join(', ')
  program.command(name, verbs, (group: Argv) => {
    reached.path = [name]
    for (const command of within) {
      addCommand(group, command, options, reached)
      addExamples(group, command.examples.slice(0, 1))
    }
    return group
      .usage(`Usage: taskclf ${name} VERB [flags]`)
      .demandCommand(1, `missing_command: ${name} needs a verb: ${verbs}`)
  })
}

function addCommand(
  program: Argv,
  command: AnyCommand,
  { chosen, offered }: ProgramOptions,
  reached: Reached,
): void {
  const { path, summary, words = [], flags, hasNoJson, examples } = command
  const build = (leaf: Argv, helping?: boolean) => {
    reached.path = path
    reached.flags = { ...flags, ...GLOBAL_FLAGS }
    leaf
      .usage(`Usage: ${['taskclf', ...path, ...words.map(spelled), '[flags]'].join(' ')}\n\n${summary}`)
      .options(yargsOptions(flags, 'Flags:', offered === undefined ? {} : { offered }))
      .strictCommands(false)
    if (hasNoJson) leaf.hide('json')
    demandWords(leaf, path, words)
    addExamples(leaf, examples)
    // Not for parsing: what follows -- would not count, and --NAME would be taken as a flag.
    if (helping || offered !== undefined) {
      for (const word of words) {
        const choices = offered?.(word.name, word)
        leaf.positional(word.name, { describe: word.describe, ...(choices !== undefined && { choices }) })
      }
    }
    return leaf
  }
  const verb = path.at(-1) ?? ''
  program.command(verb, summary, build, (given: object) => chosen(command, given as GivenValues))
}

function demandWords(leaf: Argv, path: readonly string[], words: readonly Positional[]): void {
  const least = words.filter(({ arity }) => arity === 'one').length
  const most = words.some(({ arity }) => arity === 'many') ? Number.POSITIVE_INFINITY : words.length
  const missing = words.map(({ name, describe }) => `${name} (${describe})`).join(' ')
  const what = most === 0 ? 'no words' : most === 1 ? 'one word' : `${most} words`
  leaf.demandCommand(
    least,
    most,
    `missing_argument: ${missing} is missing`,
    `unexpected_argument: ${['taskclf', ...path].join(' ')} takes ${what}`,
  )
}

function yargsOptions(
  flags: Flags,
  group: string,
  { offered }: Pick<ProgramOptions, 'offered'>,
): Record<string, Options> {
  const entries = Object.entries(flags).map(([name, flag]): [string, Options] => {
    const choices = offered?.(name, flag) ?? []
    return [
      name,
      {
        group,
        describe: described(flag),
        // Texts all of them: what they must be is checked by readOptions, which can say what was meant.
        ...(flag.type === 'boolean' ? { boolean: true, nargs: 0 } : { string: true, nargs: 1 }),
        ...(flag.required && { demandOption: true }),
        ...(choices.length > 0 && { choices }),
      },
    ]
  })
  return Object.fromEntries(entries)
}

function described({ type, value, choices, describe, required }: Flag): string {
  const form = type === 'boolean' ? undefined : (choices?.join('|') ?? value)
  return `${form === undefined ? '' : `${form}: `}${describe}${required ? ' (required)' : ''}`
}

function spelled({ name, arity }: Positional): string {
  if (arity === 'one') return name
  return arity === 'many' ? `[${name}…]` : `[${name}]`
}

/** Each on lines of its own: in two columns a long one would be cut where nobody can copy it. */
function addExamples(program: Argv, examples: AnyCommand['examples']): void {
  for (const [line, what] of examples) program.example(`# ${what}`, '').example(line, '')
}
