import { defineCommand } from '../../../command.js'
import { RUNS_TAIL_FLAGS } from './flags.js'

export const runsTail = defineCommand({
  path: ['runs', 'tail'],
  summary: 'Print what a training run has said; with --follow until it ends',
  words: [{ name: 'RUN_ID', describe: 'the name as in taskclf runs list', arity: 'one' }],
  flags: RUNS_TAIL_FLAGS,
  examples: [
    ['taskclf runs tail 20260401T090000Z-4f1c2a7b --follow', 'from the first event to the end'],
    ['taskclf runs tail 20260401T090000Z-4f1c2a7b --lines 20', 'the last 20 events'],
  ],
  load: () => import('./run.js'),
})
