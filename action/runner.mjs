// What a runner reads: workflow commands on standard output, and its files. Whatever comes from a file, a name or another
// program goes through here, and is text to the runner, never a command.
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/** Prints what a program said; the runner obeys nothing of it. The word that ends this cannot be guessed. */
export function printFenced(text) {
  if (text === '') return
  const word = randomUUID()
  process.stdout.write(`::stop-commands::${word}\n${text}${text.endsWith('\n') ? '' : '\n'}::${word}::\n`)
}

/** A workflow command that shows a message, at a file or at none. */
export function annotation(level, { file, title, message }) {
  const properties = Object.entries({ file, title })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(value)}`)
  return `::${level} ${properties.join(',')}::${data(message)}`
}

/** The delimiter cannot be guessed, so that no name from disk ends its own value and begins another. */
export function setOutputs(path, outputs) {
  for (const [name, value] of Object.entries(outputs)) {
    const end = `end-${randomUUID()}`
    appendFileSync(path, `${name}<<${end}\n${value}\n${end}\n`)
  }
}

// The old form of a command, `##[…]`, counts anywhere in a line, and cannot be written otherwise.
const data = (text) =>
  String(text)
    .replaceAll('##[', '# #[')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replace(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD')
const property = (text) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
