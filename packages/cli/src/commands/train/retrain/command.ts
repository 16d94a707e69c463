import { declare } from '../../../command.js'
import { RUNS_DIR_FLAG } from '../../runs/shared/runs-dir.js'
import { CADENCE_FLAG, RETRY_AFTER_FLAG } from '../shared/cadence.js'
import { PROMOTION_FLAGS } from '../shared/promotion-flags.js'

export const trainRetrain = declare({
  path: ['train', 'retrain'],
  summary: 'Train if it is due, and promote what was trained',
  flags: {
    trainer: {
      type: 'string',
      value: 'COMMAND',
      describe: 'The trainer: a program and its arguments, run without a shell',
    },
    profile: { type: 'string', value: 'NAME', describe: 'The trainer: a profile of the configuration' },
    seed: { type: 'integer', value: 'N', describe: "The trainer's seed (default: the profile's, else 0)" },
    'time-limit': {
      type: 'integer',
      value: 'SECONDS',
      min: 1,
      describe: "End the trainer after so long (default: the profile's, else never)",
    },
    force: { type: 'boolean', describe: 'Train though it is not due' },
    cadence: CADENCE_FLAG,
    'retry-after': RETRY_AFTER_FLAG,
    ...PROMOTION_FLAGS,
    'dry-run': {
      type: 'boolean',
      describe: 'Train, but neither publish nor switch: only the run is written',
    },
    'runs-dir': RUNS_DIR_FLAG,
  },
  examples: [
    ['taskclf train retrain --profile nightly', 'by the cadence of the configuration; without one always'],
    ['taskclf train retrain --trainer "python3 train.py" --force', 'with any program, due or not'],
    ['taskclf train retrain --profile nightly --dry-run', 'train, and say what would come of it'],
  ],
})
