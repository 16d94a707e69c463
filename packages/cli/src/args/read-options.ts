import type { AnyCommand, Flag, Flags, GlobalOptions, ParsedOptions } from '../command.js'
import { CliError } from '../errors.js'
import { didYouMean } from '../nearest.js'
import type { GivenValues } from './from-yargs.js'
import { GLOBAL_FLAGS } from './global-flags.js'

/** What a command's work gets: every flag with its value, checked, and the words after the command's own. */
export function readOptions(
  { path, flags, words: slots = [] }: Pick<AnyCommand, 'path' | 'flags' | 'words'>,
  given: GivenValues,
): ParsedOptions & GlobalOptions {
  const words = [...given._.slice(path.length), ...(given['--'] ?? [])].map(String)
  for (const [i, { name, choices }] of slots.entries()) {
    const word = words[i]
    if (word !== undefined && choices !== undefined) checkChoice(name, choices, word)
  }
  return optionsOf({ ...flags, ...GLOBAL_FLAGS }, given, words)
}

/** Options as a command line without flags gives them. */
export const NO_OPTIONS: GlobalOptions = optionsOf(GLOBAL_FLAGS, {}, [])

function optionsOf(
  flags: Flags,
  given: Readonly<Record<string, unknown>>,
  words: readonly string[],
): ParsedOptions & GlobalOptions {
  const values = Object.entries(flags).map(([name, flag]) => [name, parsedValue(name, flag, given[name])])
  // Every flag has its value now, the global ones among them.
  return { ...Object.fromEntries(values), words } as ParsedOptions & GlobalOptions
}

function parsedValue(name: string, flag: Flag, given: unknown): ParsedOptions[string] {
  if (flag.type === 'boolean') return given === true
  // A flag that is given more than once is a list.
  const texts = given === undefined ? [] : [given].flat().map(String)
  for (const text of texts) checkText(name, flag, text)
  if (flag.type === 'list') return texts
  if (texts.length > 1) throw new CliError('repeated_flag', `--${name} is given ${texts.length} times`)
  const [text] = texts
  return text !== undefined && flag.type === 'integer' ? integerOf(name, flag, text) : text
}

function checkText(name: string, { choices, value = 'VALUE' }: Flag, text: string): void {
  if (text === '')
    throw new CliError('missing_value', `--${name} needs a value`, { hint: `write --${name} ${value}` })
  if (choices !== undefined) checkChoice(`--${name}`, choices, text)
}

function checkChoice(name: string, choices: readonly string[], text: string): void {
  if (choices.includes(text)) return
  const message = `${name} does not know ${JSON.stringify(text)}${didYouMean(text, choices)}`
  throw new CliError('invalid_value', message, { hint: `it takes ${choices.join(', ')}` })
}

function integerOf(name: string, { min = 0 }: Flag, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value) && value >= min) return value
  const message = `--${name} takes a whole number from ${min}, not ${JSON.stringify(text)}`
  throw new CliError('invalid_value', message)
}
