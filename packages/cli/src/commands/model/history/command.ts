import { defineCommand } from '../../../command.js'
import { MODEL_HISTORY_FLAGS } from './flags.js'

export const modelHistory = defineCommand({
  path: ['model', 'history'],
  summary: 'Show who switched which model when, newest first',
  flags: MODEL_HISTORY_FLAGS,
  examples: [
    ['taskclf model history', 'every switch'],
    ['taskclf model history --verbose', 'with policy, gates and score behind each'],
  ],
  load: () => import('./run.js'),
})
