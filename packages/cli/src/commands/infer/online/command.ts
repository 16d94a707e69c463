import { declare } from '../../../command.js'
import { LOADER_FLAG } from '../../shared/loader-flag.js'
import { EXPLAIN_FLAG, ON_BROKEN_FLAG, REJECT_THRESHOLD_FLAG } from '../shared/flags.js'

export const inferOnline = declare({
  path: ['infer', 'online'],
  summary: 'Answer JSON lines with JSON lines, in order, by the model that serves at the moment',
  flags: {
    ...LOADER_FLAG,
    'model-dir': { type: 'string', value: 'DIR', describe: 'Serve this bundle, and stay with it' },
    'on-broken': ON_BROKEN_FLAG,
    'reject-threshold': REJECT_THRESHOLD_FLAG,
    explain: EXPLAIN_FLAG,
    'log-format': {
      type: 'string',
      value: 'text|json',
      choices: ['text', 'json'],
      describe: 'How swaps and errors are reported on standard error (default text)',
    },
    'poll-ms': {
      type: 'integer',
      value: 'MS',
      min: 10,
      describe: 'How often to look for another model, below the watching of files (default 1000)',
    },
  },
  hasNoJson: true,
  examples: [
    ['taskclf infer online < windows.jsonl', 'one row a line in, one answer a line out'],
    ['collector | taskclf infer online --log-format json 2> events.jsonl', 'swaps and errors as JSON lines'],
    [
      'taskclf infer online --explain 3 < windows.jsonl',
      'with the three columns that matter most for each answer',
    ],
    ['taskclf infer online --on-broken last_good < windows.jsonl', 'starts whatever happened to the model'],
  ],
})
