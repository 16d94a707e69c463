import type { GLOBAL_FLAGS } from './args/global-flags.js'
import type { Context } from './context.js'
import type { ExitCode } from './exit-codes.js'
import type { Terminal } from './io.js'

/** A flag of a command: how it is written and what it takes. */
export interface Flag {
  type: 'boolean' | 'string' | 'integer' | 'list'
  describe: string
  /** What stands for the value in the help. */
  value?: string
  choices?: readonly string[]
  required?: boolean
  /** Smallest integer taken. Default 0. */
  min?: number
}

/** A word that follows the verb. */
export interface Positional {
  name: string
  describe: string
  arity: 'one' | 'optional' | 'many'
  choices?: readonly string[]
}

/** Flags by their name without dashes. */
export type Flags = Readonly<Record<string, Flag>>

/** What a flag becomes once parsed. */
type ValueOf<F extends Flag> = F['type'] extends 'boolean'
  ? boolean
  : F['type'] extends 'integer'
    ? number | undefined
    : F['type'] extends 'list'
      ? readonly string[]
      : F extends { required: true }
        ? TextOf<F>
        : TextOf<F> | undefined

type TextOf<F extends Flag> = F extends { choices: readonly (infer C extends string)[] } ? C : string

/** The parsed flags of a command, and its words as given. */
export type OptionsOf<F extends Flags> = { readonly [K in keyof F]: ValueOf<F[K]> } & {
  readonly words: readonly string[]
}

/** The flags that every command takes, parsed. */
export type GlobalOptions = OptionsOf<typeof GLOBAL_FLAGS>

/** Something worth saying besides the data. */
export interface Note {
  level: 'note' | 'warning' | 'error'
  code: string
  message: string
}

/** What a command found out. `data` is the `--json` document without its version and notes. */
export interface Outcome<D> {
  data: D
  exitCode: ExitCode
  notes: readonly Note[]
}

/** The lazily loaded half of a command. */
export interface Work<F extends Flags, D> {
  run(options: OptionsOf<F> & GlobalOptions, context: Context): Promise<Outcome<D>>
  /** The data as people read it. */
  text(data: D, terminal: Terminal): string
  /** What people read on standard error, for a command whose standard output is its data. */
  summary?(data: D, terminal: Terminal): string
}

/** A command: everything help, completion and parsing need, and the way to its work. */
export interface Command<F extends Flags = Flags, D = unknown> {
  /** `['train', 'list']`, or one word for a command without a group. */
  path: readonly [string] | readonly [string, string]
  summary: string
  words?: readonly Positional[]
  flags: F
  /** Refused where its data is a stream, and not in its help then. */
  hasNoJson?: true
  examples: readonly (readonly [command: string, what: string])[]
  load(): Promise<Work<F, D>>
}

/** A command whose types were checked where it was defined, and which can now stand in a list with others. */
export interface AnyCommand extends Omit<Command, 'load'> {
  load(): Promise<LoadedWork>
}

/** The work of such a command. */
export interface LoadedWork {
  run(options: ParsedOptions, context: Context): Promise<Outcome<object>>
  text(data: object, terminal: Terminal): string
  summary?(data: object, terminal: Terminal): string
}

/** Options as the parser leaves them. */
export type ParsedOptions = Readonly<
  Record<string, boolean | string | number | readonly string[] | undefined>
> & {
  readonly words: readonly string[]
}

/** Declares a command; the options its work gets are inferred from its flags. */
export function defineCommand<const F extends Flags, D extends object>(command: Command<F, D>): AnyCommand {
  // The parser fills options from `flags`, which is what OptionsOf<F> says; the list forgets F and D.
  return command as unknown as AnyCommand
}
