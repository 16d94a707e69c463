import type { Io } from './io.js'
import type { Progress } from './render/progress.js'
import type { Settings } from './settings.js'

/** What a command's work gets besides its flags. */
export interface Context {
  env: Io['env']
  cwd: string
  now(): Date
  settings: Settings
  progress: Progress
}
