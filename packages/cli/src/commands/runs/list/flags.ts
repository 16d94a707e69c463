import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

/** The flags of `runs list`. */
export const RUNS_LIST_FLAGS = { 'runs-dir': RUNS_DIR_FLAG } as const
