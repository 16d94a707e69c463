import { defineCommand } from '../../../command.js'
import { RUNS_CANCEL_FLAGS } from './flags.js'

export const runsCancel = defineCommand({
  path: ['runs', 'cancel'],
  summary:
    'End a training run from any process, also one whose watcher was killed, and wait until it is over',
  words: [{ name: 'RUN_ID', describe: 'the name as in taskclf runs list', arity: 'one' }],
  flags: RUNS_CANCEL_FLAGS,
  examples: [
    ['taskclf runs cancel 20260401T090000Z-4f1c2a7b', 'SIGTERM, and after the grace SIGKILL'],
    ['taskclf runs cancel 20260401T090000Z-4f1c2a7b --reason "wrong data"', 'and why, for the record'],
  ],
  load: () => import('./run.js'),
})
