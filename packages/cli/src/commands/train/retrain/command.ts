import { defineCommand } from '../../../command.js'
import { TRAIN_RETRAIN_FLAGS } from './flags.js'

export const trainRetrain = defineCommand({
  path: ['train', 'retrain'],
  summary: 'Train if it is due, and promote what was trained',
  flags: TRAIN_RETRAIN_FLAGS,
  examples: [
    ['taskclf train retrain --profile nightly', 'by the cadence of the configuration; without one always'],
    ['taskclf train retrain --trainer "python3 train.py" --force', 'with any program, due or not'],
    ['taskclf train retrain --profile nightly --dry-run', 'train, and say what would come of it'],
  ],
  load: () => import('./run.js'),
})
