import { declare } from '../../../command.js'
import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

export const runsTail = declare({
  path: ['runs', 'tail'],
  summary: 'Print what a training run has said; with --follow until it ends',
  words: [{ name: 'RUN_ID', describe: 'the name as in taskclf runs list, or its beginning', arity: 'one' }],
  flags: {
    follow: { type: 'boolean', describe: 'Wait for more until the run ends' },
    lines: { type: 'integer', value: 'N', describe: 'Begin with the last N events (default: all there are)' },
    'runs-dir': RUNS_DIR_FLAG,
  },
  examples: [
    ['taskclf runs tail 20260401T090000Z-4f1c2a7b --follow', 'from the first event to the end'],
    ['taskclf runs tail 20260401T090000Z-4f1c2a7b --lines 20', 'the last 20 events'],
  ],
})
