import { defineCommand } from '../../../command.js'
import { MODEL_ROLLBACK_FLAGS } from './flags.js'

export const modelRollback = defineCommand({
  path: ['model', 'rollback'],
  summary: 'Go back to an earlier model; the one left is withdrawn from automatic selection',
  flags: MODEL_ROLLBACK_FLAGS,
  examples: [
    ['taskclf model rollback', 'the model before this one'],
    ['taskclf model rollback --to 3', 'the model of revision 3'],
  ],
  load: () => import('./run.js'),
})
