import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

/** The flags of `runs cancel`. */
export const RUNS_CANCEL_FLAGS = {
  reason: { type: 'string', value: 'TEXT', describe: 'Why, for the record' },
  'runs-dir': RUNS_DIR_FLAG,
} as const
