import { FORMAT_FLAG } from '../../shared/format-flag.js'
import { ON_BROKEN_FLAG, REJECT_THRESHOLD_FLAG } from '../shared/flags.js'

/** The flags of `taskclf infer batch`. */
export const INFER_BATCH_FLAGS = {
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
  'label-column': {
    type: 'string',
    value: 'COLUMN',
    describe: 'Where the true label stands: adds true_label, accuracy and confusion',
  },
  keep: { type: 'list', value: 'COLUMN', describe: 'Input column to pass on to the output; repeat for more' },
  'csv-safe': {
    type: 'boolean',
    describe: 'Put an apostrophe before texts that begin with = + - @, so that no spreadsheet runs them',
  },
  format: FORMAT_FLAG,
} as const
