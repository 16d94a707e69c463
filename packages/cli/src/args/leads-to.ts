import type { AnyCommand } from '../command.js'

/** Whether these words are the beginning of a command, or a command and what follows it. */
export function leadsTo(words: readonly string[], commands: readonly AnyCommand[]): boolean {
  return commands.some(({ path }) => path.every((word, i) => i >= words.length || word === words[i]))
}
