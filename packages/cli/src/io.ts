import type { Readable, Writable } from 'node:stream'
import type { Interrupts } from './interrupts.js'

/** Where text goes. A terminal says so and knows its width. */
export interface OutputStream {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
}

/** The world outside, passed in whole: nothing below reads the process. */
export interface Io {
  stdout: OutputStream
  stderr: OutputStream
  env: Readonly<Record<string, string | undefined>>
  /** Absolute path that relative ones start from. */
  cwd: string
  now(): Date
  /** Who runs this, as far as the system knows. */
  user?(): string | undefined
  /** For commands that pass data through; without them there is nothing to read, and writing never has to wait. */
  stdin?(): Readable
  /** The same as `stdout`, as a stream that says when it is full. */
  dataOut?(): Writable
  interrupts?: Interrupts
}

/** What a stream can show. */
export interface Terminal {
  /** Width to fit, or undefined when nobody looks: then nothing is ever cut. */
  columns: number | undefined
  color: boolean
}

/** Width and colour of a stream; colour only on a terminal, and never against NO_COLOR. */
export function terminalOf(stream: OutputStream, env: Io['env'], noColor: boolean): Terminal {
  if (stream.isTTY !== true) return { columns: undefined, color: false }
  const stated = Number(env.COLUMNS)
  // A terminal that was never told its size says 0.
  const columns = stream.columns || (Number.isSafeInteger(stated) && stated > 0 ? stated : 80)
  return { columns, color: !noColor && !env.NO_COLOR && env.TERM !== 'dumb' }
}
