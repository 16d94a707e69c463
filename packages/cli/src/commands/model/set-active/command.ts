import { declare } from '../../../command.js'
import { CHECKS_FLAGS } from '../../shared/checks-flags.js'
import { EXPECT_FLAGS } from '../../shared/expect-flags.js'

export const modelSetActive = declare({
  path: ['model', 'set-active'],
  summary: 'Make the named model the active one; the one it replaces is withdrawn from automatic selection',
  words: [
    {
      name: 'ID',
      describe: 'the model that is to serve, or as much of its id as only one has',
      arity: 'optional',
    },
  ],
  flags: {
    'model-id': { type: 'string', value: 'ID', describe: 'The same, as a flag' },
    ...EXPECT_FLAGS,
    force: { type: 'boolean', describe: 'Go past gates and compatibility; never past validity' },
    note: { type: 'string', value: 'TEXT', describe: 'Why, for the history' },
    ...CHECKS_FLAGS,
  },
  examples: [
    ['taskclf model set-active 2026-02-16_031012_run-2286', 'switch, if the model passes every gate'],
    [
      'taskclf model set-active --model-id 2026-02-16_031012_run-2286 --expect-revision 3 --note drift',
      'switch only if nobody else has switched since revision 3',
    ],
  ],
})
