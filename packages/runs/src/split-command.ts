import { RunsError } from './errors.js'

/**
 * Splits what a person typed as one argument into a program and its arguments: by blanks, with '…' and "…" around
 * what holds blanks and \ before a character that is meant as it is. Nothing is expanded, and no shell is involved.
 *
 * @throws RunsError `invalid_spec`: nothing there, or a quote without its end.
 * @example
 * ```ts
 * splitCommand(`python3 train.py --name "two words"`) // ['python3', 'train.py', '--name', 'two words']
 * ```
 */
export function splitCommand(text: string): [command: string, ...args: string[]] {
  const words: string[] = []
  const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y
  let word: string | undefined
  while (piece.lastIndex < text.length) {
    const at = piece.lastIndex
    const found = piece.exec(text)
    if (found === null) {
      const hint = `the command has a quote or backslash without its end at character ${at + 1}: ${text}`
      throw new RunsError('invalid_spec', hint, { violations: [{ at: 'command', message: hint }] })
    }
    const [, single, double, escaped, plain] = found
    const part = single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain
    if (part !== undefined) word = (word ?? '') + part
    else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  if (word !== undefined) words.push(word)
  const [command, ...args] = words
  if (command === undefined) {
    const message = 'the command is empty; name a program'
    throw new RunsError('invalid_spec', message, { violations: [{ at: 'command', message }] })
  }
  return [command, ...args]
}
