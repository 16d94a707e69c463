import type { Readable, Writable } from 'node:stream'
import type { Declaration, Flags, GlobalOptions, OptionsOf, ParsedOptions } from '@taskclf/flags'
import type { Settings } from '@taskclf/settings'
import type { Progress, Terminal } from '@taskclf/terminal'
import type { ExitCode } from './exit-codes.js'
import type { Interrupts } from './interrupts.js'
import type { Io } from './io.js'

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
