import { didYouMean } from '@taskclf/errors'
import type { Declaration, Flag, Flags, GlobalOptions, ParsedOptions } from './declaration.js'
import { FlagsError } from './errors.js'
import { GLOBAL_FLAGS } from './global-flags.js'
import type { Line } from './scan-line.js'

/** What a command's work gets: every flag with its value, checked, and the words after the command's own. */
export function readOptions(command: Declaration, line: Line): ParsedOptions & GlobalOptions {
  const { path, words: slots = [] } = command
  const flags: Flags = { ...command.flags, ...GLOBAL_FLAGS }
  const words = line.words.slice(path.length)
  checkLine(command, flags, words, line)
  for (const [i, { name, choices }] of slots.entries()) {
    const word = words[i]
    if (word !== undefined && choices !== undefined) checkChoice(name, choices, word)
  }
  return optionsOf(flags, line.given, words)
}

/** Options as a command line without flags gives them. */
export const NO_OPTIONS: GlobalOptions = optionsOf(GLOBAL_FLAGS, new Map(), [])

function checkLine(
  { path, words: slots = [] }: Declaration,
  flags: Flags,
  words: readonly string[],
  line: Line,
): void {
  const name = ['taskclf', ...path].join(' ')
  const hint = `${name} --help`
  const [lacking] = line.lacking
  if (lacking !== undefined) {
    throw new FlagsError('missing_value', `--${lacking} needs a value`, {
      hint: 'write --FLAG=VALUE for a value that starts with a dash',
    })
  }
  for (const [flag, [text]] of line.given) {
    if (Object.hasOwn(flags, flag) && flags[flag]?.type === 'boolean' && text !== true)
      throw new FlagsError('invalid_value', `--${flag} accepts no value`, { hint })
  }
  const most = slots.some(({ arity }) => arity === 'many') ? Number.POSITIVE_INFINITY : slots.length
  if (words.length > most) {
    const takes = most === 0 ? 'no words' : most === 1 ? 'one word' : `${most} words`
    throw new FlagsError('unexpected_argument', `${name} takes ${takes}`, { hint })
  }
  const missing = [
    ...slots
      .slice(words.length)
      .flatMap((slot) => (slot.arity === 'one' ? [`${slot.name} (${slot.describe})`] : [])),
    ...Object.keys(flags).flatMap((flag) =>
      flags[flag]?.required && !line.given.has(flag) ? [`--${flag}`] : [],
    ),
  ]
  if (missing.length > 0)
    throw new FlagsError('missing_argument', `${missing.join(', ')} is missing`, { hint })
  const unknown = [...line.given.keys()].filter((flag) => !Object.hasOwn(flags, flag))
  if (unknown.length > 0) throw unknownFlags(unknown, flags, hint)
}

function unknownFlags(names: readonly string[], flags: Flags, hint: string): FlagsError {
  const known = Object.keys(flags).map((one) => `--${one}`)
  const said = names.map((name) => {
    const spelled = name.startsWith('-') ? name : `--${name}`
    return `unknown flag ${JSON.stringify(spelled)}${didYouMean(spelled, known)}`
  })
  return new FlagsError('unknown_flag', said.join('; '), { hint })
}

function optionsOf(
  flags: Flags,
  given: Line['given'],
  words: readonly string[],
): ParsedOptions & GlobalOptions {
  const values = Object.entries(flags).map(([name, flag]) => [
    name,
    optionOf(name, flag, given.get(name) ?? []),
  ])
  // Every flag has its value now, the global ones among them.
  return { ...Object.fromEntries(values), words } as ParsedOptions & GlobalOptions
}

function optionOf(name: string, flag: Flag, given: readonly (string | true)[]): ParsedOptions[string] {
  if (flag.type === 'boolean') return given.length > 0
  const texts = given.filter((one) => one !== true)
  for (const text of texts) checkText(name, flag, text)
  if (flag.type === 'list') return texts
  if (texts.length > 1) throw new FlagsError('repeated_flag', `--${name} is given ${texts.length} times`)
  const [text] = texts
  return text !== undefined && flag.type === 'integer' ? integerOf(name, flag, text) : text
}

function checkText(name: string, { choices, value = 'VALUE' }: Flag, text: string): void {
  if (text === '')
    throw new FlagsError('missing_value', `--${name} needs a value`, { hint: `write --${name} ${value}` })
  if (choices !== undefined) checkChoice(`--${name}`, choices, text)
}

function checkChoice(name: string, choices: readonly string[], text: string): void {
  if (choices.includes(text)) return
  const message = `${name} does not know ${JSON.stringify(text)}${didYouMean(text, choices)}`
  throw new FlagsError('invalid_value', message, { hint: `it takes ${choices.join(', ')}` })
}

function integerOf(name: string, { min = 0, max }: Flag, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (max !== undefined && value > max)
    throw new FlagsError('invalid_value', `--${name} takes at most ${max}, not ${value}`)
  if (Number.isSafeInteger(value) && value >= min) return value
  const message = `--${name} takes a whole number from ${min}, not ${JSON.stringify(text)}`
  throw new FlagsError('invalid_value', message)
}
