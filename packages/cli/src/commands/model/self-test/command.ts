import { declare } from '../../../command.js'
import { FORMAT_FLAG } from '../../shared/format-flag.js'
import { LOADER_FLAG } from '../../shared/loader-flag.js'

export const modelSelfTest = declare({
  path: ['model', 'self-test'],
  summary: 'Write self_test.json into a candidate: rows, and what its model answers now',
  words: [{ name: 'DIR', describe: 'the candidate, outside the models dir', arity: 'one' }],
  flags: {
    ...LOADER_FLAG,
    input: {
      type: 'string',
      value: 'FILE',
      required: true,
      describe: 'Rows to choose from: .csv, .tsv, .jsonl, or -',
    },
    rows: {
      type: 'integer',
      value: 'N',
      min: 1,
      max: 1000,
      describe: 'How many to take at most, up to 1000 (default 32)',
    },
    tolerance: {
      type: 'string',
      value: 'X',
      describe: 'The largest difference of a probability that still passes (default 1e-6)',
    },
    force: { type: 'boolean', describe: 'Replace the self_test.json that is there' },
    format: FORMAT_FLAG,
  },
  examples: [
    ['taskclf model self-test candidate --input windows.csv', 'of 32 rows that differ'],
    [
      'taskclf model self-test candidate --input windows.csv --rows 100 --force',
      'of more, in place of the old',
    ],
  ],
})
