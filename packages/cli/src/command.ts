import type { Readable, Writable } from 'node:stream'
import type { Settings } from '@taskclf/settings'
import type { Progress, Terminal } from '@taskclf/terminal'
import type { GLOBAL_FLAGS } from './args/global-flags.js'
import type { ExitCode } from './exit-codes.js'
import type { Interrupts } from './interrupts.js'
import type { Io } from './io.js'

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
  /** Largest integer taken. */
  max?: number
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

/** What a command declares: everything that help, completion and parsing need. */
export interface Declaration<F extends Flags = Flags> {
  /** `['train', 'list']`, or one word for a command without a group. */
  path: readonly [string] | readonly [string, string]
  summary: string
  words?: readonly Positional[]
  flags: F
  /** Refused where its data is a stream, and not in its help then. */
  hasNoJson?: true
  examples: readonly (readonly [command: string, what: string])[]
}

/** What the work of a command with this declaration gets. */
export type OptionsFor<C extends Declaration> = OptionsOf<C['flags']> & GlobalOptions

/** A command whose types were checked where it was put together, and which can now be in a list with others. */
export interface AnyCommand extends Declaration {
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

/** Declares a command; the options that its work gets are inferred from its flags. */
export function declare<const F extends Flags>(declaration: Declaration<F>): Declaration<F> {
  return declaration
}

/** A command: what it declares, and the way to its work. */
export function withWork<F extends Flags, D extends object>(
  declaration: Declaration<F>,
  load: () => Promise<Work<F, D>>,
): AnyCommand {
  // The parser fills options from `flags`, which is what OptionsOf<F> says; the list forgets F and D.
  return { ...declaration, load } as unknown as AnyCommand
}

/** Data in, data out, and where a command talks while it runs. */
export interface Pipes {
  stdin(): Readable
  stdout: Writable
  stderr: Io['stderr']
}

/** What a command's work gets besides its flags. */
export interface Context {
  env: Io['env']
  cwd: string
  now(): Date
  settings: Settings
  progress: Progress
  /** What comes in, goes out and is said meanwhile, for commands that pass data through. */
  pipes: Pipes
  interrupts: Interrupts
}
