import { resolve } from 'node:path'
import type { Context } from '../../../command.js'

/** Where training runs are kept: the flag before everything else. */
export function runsDirOf(options: { 'runs-dir': string | undefined }, { cwd, settings }: Context): string {
  const given = options['runs-dir']
  return given === undefined ? settings.runsDir : resolve(cwd, given)
}

/** The flag, the same wherever runs are started or looked at. */
export const RUNS_DIR_FLAG = {
  type: 'string',
  value: 'DIR',
  describe: 'Where training runs are kept (TASKCLF_RUNS_DIR; default ./runs)',
} as const
