import { declare } from '../../../command.js'
import { RUNS_DIR_FLAG } from '../shared/runs-dir.js'

export const runsList = declare({
  path: ['runs', 'list'],
  summary: 'List the training runs, newest first, each with its state',
  flags: { 'runs-dir': RUNS_DIR_FLAG },
  examples: [['taskclf runs list', 'every run in ./runs']],
})
