import { declare } from '../../../command.js'
import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

export const runsShow = declare({
  path: ['runs', 'show'],
  summary: 'Show one training run: how it ended and why, what was run, what it measured and said last',
  words: [{ name: 'RUN_ID', describe: 'the name as in taskclf runs list, or its beginning', arity: 'one' }],
  flags: { 'runs-dir': RUNS_DIR_FLAG },
  examples: [
    ['taskclf runs show 20260401T090000Z-4f1c2a7b', 'one run'],
    ['taskclf runs show 20260401T090000Z-4f1c2a7b --json', 'with its manifest, the resolved spec included'],
  ],
})
