import { declare } from '../../../command.js'
import { FORMAT_FLAG } from '../../shared/format-flag.js'
import { LOADER_FLAG } from '../../shared/loader-flag.js'
import { EXPLAIN_FLAG, ON_BROKEN_FLAG, REJECT_THRESHOLD_FLAG } from '../shared/flags.js'

export const inferBatch = declare({
  path: ['infer', 'batch'],
  summary: 'Predict a file of rows: row, label, confidence and one prob_<label> for each label',
  flags: {
    ...LOADER_FLAG,
    input: {
      type: 'string',
      value: 'FILE',
      required: true,
      describe: 'Rows to predict: .csv, .tsv, .jsonl, or -',
    },
    output: {
      type: 'string',
      value: 'FILE',
      required: true,
      describe: 'Predictions, whole or not at all: .csv, .tsv, .jsonl, or -',
    },
    'model-dir': { type: 'string', value: 'DIR', describe: 'Use this bundle, whatever the pointer says' },
    'on-broken': ON_BROKEN_FLAG,
    'reject-threshold': REJECT_THRESHOLD_FLAG,
    explain: EXPLAIN_FLAG,
    'label-column': {
      type: 'string',
      value: 'COLUMN',
      describe: 'Column of the true label: adds true_label, accuracy and confusion',
    },
    keep: {
      type: 'list',
      value: 'COLUMN',
      describe: 'Input column to pass on to the output; repeat for more',
    },
    'csv-safe': {
      type: 'boolean',
      describe: 'Put an apostrophe before texts that begin with = + - @, so that no spreadsheet runs them',
    },
    format: FORMAT_FLAG,
  },
  examples: [
    ['taskclf infer batch --input windows.csv --output predictions.csv', 'with the model that serves'],
    [
      'taskclf infer batch --input windows.csv --output - --format jsonl --keep window_start',
      'as JSON lines to a pipe, with the accuracy on standard error',
    ],
    [
      'taskclf infer batch --input windows.csv --output why.csv --explain 3',
      'with the three columns that matter most for each row',
    ],
    [
      'taskclf infer batch --input windows.csv --output out.csv --on-broken fail',
      'with the chosen model or with none',
    ],
  ],
})
