import type { GLOBAL_FLAGS } from './global-flags.js'

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

/** Options as the parser leaves them. */
export type ParsedOptions = Readonly<
  Record<string, boolean | string | number | readonly string[] | undefined>
> & {
  readonly words: readonly string[]
}
