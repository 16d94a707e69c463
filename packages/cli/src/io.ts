import type { Readable, Writable } from 'node:stream'
import type { OutputStream } from '@taskclf/terminal'
import type { Interrupts } from './interrupts.js'

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
