import { defineCommand } from '../../../command.js'
import { MODEL_SELF_TEST_FLAGS } from './flags.js'

export const modelSelfTest = defineCommand({
  path: ['model', 'self-test'],
  summary: 'Write self_test.json into a candidate: rows, and what its model answers now',
  words: [{ name: 'DIR', describe: 'the candidate, outside the models dir', arity: 'one' }],
  flags: MODEL_SELF_TEST_FLAGS,
  examples: [
    ['taskclf model self-test candidate --input windows.csv', 'of 32 rows that differ'],
    [
      'taskclf model self-test candidate --input windows.csv --rows 100 --force',
      'of more, in place of the old',
    ],
  ],
  load: () => import('./run.js'),
})
