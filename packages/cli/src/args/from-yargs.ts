import type { Flags } from '../command.js'
import { CLI_ERRORS } from '../error-table.js'
import { CliError, type CliErrorCode } from '../errors.js'
import { didYouMean } from '../nearest.js'

/** What yargs has read: flags by name, words in `_`, and in `--` those after it. */
export interface GivenValues {
  _: readonly (string | number)[]
  '--'?: readonly (string | number)[]
  [flag: string]: unknown
}

const both = (text: string) => ({ one: text, other: text })

// yargs lets its sentences be replaced, and hands nothing else to whoever handles a refusal: each is given its code.
const SENTENCES = {
  'Unknown argument: %s': both('unknown_flag: %s'),
  'Unknown command: %s': both('unknown_command: there is no command %s'),
  'Did you mean %s?': 'unknown_command: there is no such command; did you mean %s?',
  'Missing required argument: %s': both('missing_argument: --%s is missing'),
  'Not enough arguments following: %s': 'missing_value: --%s needs a value',
  'Argument unexpected for: %s': 'invalid_value: --%s takes no value',
}

/** For `updateStrings`, whose type knows nothing of plurals. */
export const YARGS_SENTENCES = SENTENCES as unknown as Record<string, string>

/** A refusal of yargs as one of ours. */
export function toRefusal(
  sentence: string,
  { path, flags }: { path: readonly string[]; flags: Flags },
): CliError {
  const [, code = '', text = ''] = /^(\w+): ([\s\S]*)$/.exec(sentence) ?? []
  const hint = ['taskclf', ...path, '--help'].join(' ')
  if (code === 'unknown_flag') return unknownFlag(text, flags, hint)
  if (code === 'missing_value') {
    return new CliError('missing_value', text, {
      hint: 'write --FLAG=VALUE for a value that starts with a dash',
    })
  }
  if (Object.hasOwn(CLI_ERRORS, code)) return new CliError(code as CliErrorCode, text, { hint })
  return new CliError('usage', sentence, { hint })
}

function unknownFlag(name: string, flags: Flags, hint: string): CliError {
  const spelled = name.length === 1 ? `-${name}` : `--${name}`
  const known = Object.keys(flags).map((one) => `--${one}`)
  return new CliError(
    'unknown_flag',
    `unknown flag ${JSON.stringify(spelled)}${didYouMean(spelled, known)}`,
    { hint },
  )
}

/**
 * Flags that yargs would not refuse but trip over: names that every object has (a TypeError), and names that it keeps its own
 * things under.
 */
export function refuseTraps(argv: readonly string[]): void {
  const end = argv.indexOf('--')
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    // A value never starts with a dash and a letter, so this is a flag wherever it stands.
    const [, name] = /^--?([^=]+)/.exec(word) ?? []
    if (name === undefined || !(name in {} || OWN_NAMES.includes(name))) continue
    throw unknownFlag(name, {}, 'taskclf --help lists the commands')
  }
}

const OWN_NAMES = ['_', '$0', 'get-yargs-completions']
