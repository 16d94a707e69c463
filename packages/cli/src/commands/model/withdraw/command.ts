import { declare } from '../../../command.js'
import { EXPECT_FLAGS } from '../../shared/expect-flags.js'

export const modelWithdraw = declare({
  path: ['model', 'withdraw'],
  summary: 'Have automatic selection pass over a model from now on; the active model stays',
  words: [{ name: 'ID', describe: 'The model that is not to be chosen again', arity: 'one' }],
  flags: {
    reason: { type: 'string', value: 'TEXT', required: true, describe: 'Why, for the history' },
    ...EXPECT_FLAGS,
  },
  examples: [
    [
      'taskclf model withdraw 2026-02-16_031012_run-2286 --reason "trained on last year\'s labels"',
      'no selection and no promotion takes it any more',
    ],
  ],
})
