import { FORMAT_FLAG } from '../../shared/format-flag.js'

/** The flags of `model self-test`. */
export const MODEL_SELF_TEST_FLAGS = {
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
    describe: 'How many to take at most, up to 1000 (default 32)',
  },
  tolerance: {
    type: 'string',
    value: 'X',
    describe: 'The largest difference of a probability that still passes (default 1e-6)',
  },
  force: { type: 'boolean', describe: 'Replace the self_test.json that is there' },
  format: FORMAT_FLAG,
} as const
