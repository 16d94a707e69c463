import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

/** The flags of `runs show`. */
export const RUNS_SHOW_FLAGS = { 'runs-dir': RUNS_DIR_FLAG } as const
