import { declare } from '../../../command.js'
import { FORMAT_FLAG } from '../../shared/format-flag.js'
import { LOADER_FLAG } from '../../shared/loader-flag.js'

export const modelDiff = declare({
  path: ['model', 'diff'],
  summary:
    'Say in what two models differ: metrics, parameters, features, files, and their predictions for rows',
  words: [
    { name: 'ONE', describe: 'A model', arity: 'one' },
    { name: 'OTHER', describe: 'The model that is compared with it', arity: 'one' },
  ],
  flags: {
    input: {
      type: 'string',
      value: 'FILE',
      describe: 'Rows that both models predict: CSV or JSON lines, - for a pipe',
    },
    format: FORMAT_FLAG,
    ...LOADER_FLAG,
  },
  examples: [
    [
      'taskclf model diff 2026-02-16_031012_run-2286 2026-03-02_031009_run-8935',
      'what changed from one to the other',
    ],
    [
      'taskclf model diff 2026-02-16_031012_run-2286 2026-03-02_031009_run-8935 --input windows.csv',
      'and how many rows they answer alike',
    ],
  ],
})
