import { declare } from '../../../command.js'
import { CHECKS_FLAGS } from '../../shared/checks-flags.js'

export const modelRollback = declare({
  path: ['model', 'rollback'],
  summary: 'Go back to an earlier model; the one left is withdrawn from automatic selection',
  flags: {
    to: { type: 'integer', value: 'REVISION', min: 1, describe: 'Go back to the model of this revision' },
    steps: {
      type: 'integer',
      value: 'N',
      min: 1,
      describe: 'Go back N models that can still serve (default 1)',
    },
    ...CHECKS_FLAGS,
  },
  examples: [
    ['taskclf model rollback', 'the model before this one'],
    ['taskclf model rollback --to 3', 'the model of revision 3'],
  ],
})
