import { fstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../../errors.js'

/** A file that the command reads or writes: a path, or a descriptor of a standard stream. */
export type Opened = string | number

/** The descriptor that a standard stream is made of, where it has one. */
export function descriptorOf(stream: object): number | undefined {
  return 'fd' in stream && typeof stream.fd === 'number' ? stream.fd : undefined
}

/** Every file directly inside a directory. */
export function filesIn(dir: string): string[] {
  return readdirSync(dir).map((name) => join(dir, name))
}

/**
 * Refuses an output that is one of the inputs, by whatever path, link or descriptor it is called: the input would be replaced, or
 * read endlessly. Devices and pipes may be both.
 *
 * @throws CliError `same_file`.
 */
export function refuseSameFile(output: Opened, inputs: readonly Opened[], named: string): void {
  const target = statOf(output)
  if (target === undefined) return
  const same = inputs.find((input) => {
    const found = statOf(input)
    return found !== undefined && found.dev === target.dev && found.ino === target.ino
  })
  if (same === undefined) return
  const what = typeof same === 'string' ? same : 'what standard input reads'
  throw new CliError(
    'same_file',
    `${named} is the same file as ${what}, which is read; nothing was written`,
    {
      hint: 'write to another file, then rename it',
    },
  )
}

/** Of a plain file that is there; anything else cannot be overwritten by mistake. */
function statOf(file: Opened): Stats | undefined {
  try {
    const found = typeof file === 'number' ? fstatSync(file) : statSync(file)
    return found.isFile() ? found : undefined
  } catch {
    return undefined
  }
}
