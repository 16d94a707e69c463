import { ON_BROKEN_FLAG, REJECT_THRESHOLD_FLAG } from '../shared/flags.js'

/** The flags of `taskclf infer online`. */
export const INFER_ONLINE_FLAGS = {
  'model-dir': { type: 'string', value: 'DIR', describe: 'Serve this bundle, and stay with it' },
  'on-broken': ON_BROKEN_FLAG,
  'reject-threshold': REJECT_THRESHOLD_FLAG,
  'log-format': {
    type: 'string',
    value: 'text|json',
    choices: ['text', 'json'],
    describe: 'How swaps and errors are told on standard error (default text)',
  },
  'poll-ms': {
    type: 'integer',
    value: 'MS',
    min: 10,
    describe: 'How often to look for another model, beneath the watching of files (default 1000)',
  },
} as const
