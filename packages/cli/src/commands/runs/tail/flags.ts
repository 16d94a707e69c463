import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

/** The flags of `runs tail`. */
export const RUNS_TAIL_FLAGS = {
  follow: { type: 'boolean', describe: 'Wait for more until the run ends' },
  lines: { type: 'integer', value: 'N', describe: 'Begin with the last N events (default: all there are)' },
  'runs-dir': RUNS_DIR_FLAG,
} as const
