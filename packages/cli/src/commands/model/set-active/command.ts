import { defineCommand } from '../../../command.js'
import { MODEL_SET_ACTIVE_FLAGS } from './flags.js'

export const modelSetActive = defineCommand({
  path: ['model', 'set-active'],
  summary: 'Make a model the active one by hand; the one it replaces is withdrawn from automatic selection',
  flags: MODEL_SET_ACTIVE_FLAGS,
  examples: [
    [
      'taskclf model set-active --model-id 2026-02-16_031012_run-2286',
      'switch, if the model passes every gate',
    ],
    [
      'taskclf model set-active --model-id 2026-02-16_031012_run-2286 --expect-revision 3 --note drift',
      'switch only if nobody else has switched since revision 3',
    ],
  ],
  load: () => import('./run.js'),
})
