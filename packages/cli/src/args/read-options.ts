import type { AnyCommand, Flag, Flags, GlobalOptions, ParsedOptions } from '../command.js'
import { CliError } from '../errors.js'
import { didYouMean } from '../nearest.js'
import { GLOBAL_FLAGS } from './global-flags.js'

/** The flags and words after a command's own words. Every violation is a CliError. */
export function readOptions(argv: readonly string[], command: AnyCommand): ParsedOptions & GlobalOptions {
  const flags = { ...command.flags, ...GLOBAL_FLAGS }
  const given = new Map<string, string[]>()
  const words: string[] = []
  const rest = argv.slice(command.path.length)
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string
    if (word === '--') {
      words.push(...rest.slice(i + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      words.push(word)
      continue
    }
    const { name, flag, inline } = readFlag(word, flags, command)
    // A value is taken as it stands, except that another flag is hardly meant by it.
    const takesNext = flag.type !== 'boolean' && inline === undefined
    const value = takesNext ? rest[++i] : inline
    if (takesNext && (value === undefined || /^--?[a-z]/i.test(value))) throw noValue(name, flag)
    given.set(name, [...(given.get(name) ?? []), value ?? 'true'])
  }
  checkWords(words, command)
  return optionsOf(flags, given, words)
}

/** Options as a command line without flags gives them. */
export const NO_OPTIONS: GlobalOptions = optionsOf(GLOBAL_FLAGS, new Map(), [])

function optionsOf(
  flags: Flags & typeof GLOBAL_FLAGS,
  given: ReadonlyMap<string, string[]>,
  words: readonly string[],
): ParsedOptions & GlobalOptions {
  const values = Object.entries(flags).map(([name, flag]) => [name, parsedValue(name, flag, given.get(name))])
  // Every flag has its value now, the global ones among them.
  return { ...Object.fromEntries(values), words } as ParsedOptions & GlobalOptions
}

function readFlag(
  word: string,
  flags: Flags,
  command: AnyCommand,
): { name: string; flag: Flag; inline: string | undefined } {
  const [, name = '', inline] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (flag === undefined) {
    const spelled = word.split('=')[0] ?? word
    const known = Object.keys(flags).map((one) => `--${one}`)
    const message = `unknown flag ${JSON.stringify(spelled)}${didYouMean(spelled, known)}`
    throw new CliError('unknown_flag', message, { hint: `taskclf ${command.path.join(' ')} --help` })
  }
  if (flag.type === 'boolean' && inline !== undefined) {
    throw new CliError('invalid_value', `--${name} takes no value`, {
      hint: `leave ${JSON.stringify(`=${inline}`)} out`,
    })
  }
  return { name, flag, inline }
}

function noValue(name: string, flag: Flag): CliError {
  const hint = `write --${name} ${flag.value ?? 'VALUE'}, or --${name}=VALUE for a value that starts with a dash`
  return new CliError('missing_value', `--${name} needs a value`, { hint })
}

function checkWords(words: readonly string[], command: AnyCommand): void {
  const slots = command.words ?? []
  const missing = slots[words.length]
  if (missing?.arity === 'one') {
    throw new CliError('missing_argument', `${missing.name} is missing: ${missing.describe}`, {
      hint: `taskclf ${command.path.join(' ')} --help`,
    })
  }
  const extra = words[slots.length]
  if (extra === undefined || slots.at(-1)?.arity === 'many') return
  throw new CliError('unexpected_argument', `${JSON.stringify(extra)} is one word too many`, {
    hint: `taskclf ${command.path.join(' ')} --help`,
  })
}

function parsedValue(name: string, flag: Flag, given: readonly string[] | undefined): ParsedOptions[string] {
  if (flag.type === 'list') return (given ?? []).flatMap((text) => checkedText(name, flag, text))
  if (given === undefined) {
    if (flag.required) throw new CliError('missing_argument', `--${name} is missing: ${flag.describe}`)
    return flag.type === 'boolean' ? false : undefined
  }
  if (flag.type === 'boolean') return true
  if (given.length > 1) throw new CliError('repeated_flag', `--${name} is given ${given.length} times`)
  const text = checkedText(name, flag, given[0] ?? '')
  return flag.type === 'integer' ? integerOf(name, flag, text) : text
}

function checkedText(name: string, flag: Flag, text: string): string {
  if (text === '') throw noValue(name, flag)
  if (flag.choices === undefined || flag.choices.includes(text)) return text
  const message = `--${name} does not know ${JSON.stringify(text)}${didYouMean(text, flag.choices)}`
  throw new CliError('invalid_value', message, { hint: `it takes ${flag.choices.join(', ')}` })
}

function integerOf(name: string, flag: Flag, text: string): number {
  const min = flag.min ?? 0
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value) && value >= min) return value
  throw new CliError(
    'invalid_value',
    `--${name} takes a whole number from ${min}, not ${JSON.stringify(text)}`,
  )
}
