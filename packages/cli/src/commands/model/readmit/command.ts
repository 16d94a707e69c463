import { declare } from '../../../command.js'
import { EXPECT_FLAGS } from '../../shared/expect-flags.js'

export const modelReadmit = declare({
  path: ['model', 'readmit'],
  summary: 'Take a withdrawal back: automatic selection may choose the model again',
  words: [{ name: 'ID', describe: 'A model that was withdrawn', arity: 'one' }],
  flags: {
    reason: { type: 'string', value: 'TEXT', describe: 'Why, for the history' },
    ...EXPECT_FLAGS,
  },
  examples: [['taskclf model readmit 2026-02-16_031012_run-2286', 'what was withdrawn takes part again']],
})
