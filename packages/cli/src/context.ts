import type { Readable, Writable } from 'node:stream'
import type { Interrupts } from './interrupts.js'
import type { Io } from './io.js'
import type { Progress } from './render/progress.js'
import type { Settings } from './settings.js'

/** Data in, data out, and where a command talks while it runs. */
export interface Pipes {
  stdin(): Readable
  stdout: Writable
  stderr: Io['stderr']
}

/** What a command's work gets besides its flags. */
export interface Context {
  env: Io['env']
  cwd: string
  now(): Date
  settings: Settings
  progress: Progress
  /** What comes in, goes out and is said meanwhile, for commands that pass data through. */
  pipes: Pipes
  interrupts: Interrupts
}
