import { defineCommand } from '../../../command.js'
import { RUNS_LIST_FLAGS } from './flags.js'

export const runsList = defineCommand({
  path: ['runs', 'list'],
  summary: 'List the training runs, newest first, and how they stand',
  flags: RUNS_LIST_FLAGS,
  examples: [['taskclf runs list', 'every run in ./runs']],
  load: () => import('./run.js'),
})
