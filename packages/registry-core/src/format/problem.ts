import { escapeControls } from './describe.js'
import type { Problem, ProblemCode } from './problems.js'

/** A problem of a file; `''` is the bundle itself. */
export function problem(code: ProblemCode, file: string, message: string): Problem {
  return { code, file, message: escapeControls(file === '' ? message : `${file} ${message}`) }
}

/** The problem of a bundle whose directory cannot be named. */
export const unusableName = (why: string): Problem =>
  problem('unusable_name', '', `the name of the directory ${why}; rename it`)
