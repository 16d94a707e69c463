import { declare } from '../../../command.js'
import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

export const runsCancel = declare({
  path: ['runs', 'cancel'],
  summary:
    'End a training run from any process, also one whose watcher was killed, and wait until it is over',
  words: [{ name: 'RUN_ID', describe: 'the name as in taskclf runs list, or its beginning', arity: 'one' }],
  flags: {
    reason: { type: 'string', value: 'TEXT', describe: 'Why, for the record' },
    'runs-dir': RUNS_DIR_FLAG,
  },
  examples: [
    ['taskclf runs cancel 20260401T090000Z-4f1c2a7b', 'SIGTERM, and after the grace SIGKILL'],
    ['taskclf runs cancel 20260401T090000Z-4f1c2a7b --reason "wrong data"', 'and why, for the record'],
  ],
})
