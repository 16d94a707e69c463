import { defineCommand } from '../../../command.js'
import { RUNS_SHOW_FLAGS } from './flags.js'

export const runsShow = defineCommand({
  path: ['runs', 'show'],
  summary: 'Show one training run: how it ended and why, what was run, what it measured and said last',
  words: [{ name: 'RUN_ID', describe: 'the name as in taskclf runs list', arity: 'one' }],
  flags: RUNS_SHOW_FLAGS,
  examples: [
    ['taskclf runs show 20260401T090000Z-4f1c2a7b', 'one run'],
    ['taskclf runs show 20260401T090000Z-4f1c2a7b --json', 'with its manifest, the resolved spec included'],
  ],
  load: () => import('./run.js'),
})
