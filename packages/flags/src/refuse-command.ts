import { nearestName } from '@taskclf/errors'
import type { Declaration } from './declaration.js'
import { FlagsError } from './errors.js'

/** Why these words are not a command: none, a group without a verb, or a word that is not known. */
export function refuseCommand(
  [first, ...rest]: readonly string[],
  commands: readonly Declaration[],
): FlagsError {
  const within = commands.filter(({ path }) => path[0] === first)
  if (first === undefined || within.length === 0) {
    return unknown(
      first,
      commands.map(({ path }) => path[0]),
      'taskclf --help',
      'no command given',
    )
  }
  const verbs = within.map(({ path }) => path[1] ?? '')
  return unknown(rest[0], verbs, `taskclf ${first} --help`, `${first} needs a verb: ${verbs.join(', ')}`)
}

function unknown(
  word: string | undefined,
  known: readonly string[],
  hint: string,
  missing: string,
): FlagsError {
  if (word === undefined) return new FlagsError('missing_command', missing, { hint })
  const close = nearestName(word, known)
  const message =
    close === undefined ? `there is no command ${word}` : `there is no such command; did you mean ${close}?`
  return new FlagsError('unknown_command', message, { hint })
}
