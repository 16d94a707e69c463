import { defineCommand } from '../../../command.js'
import { TRAIN_CHECK_RETRAIN_FLAGS } from './flags.js'

export const trainCheckRetrain = defineCommand({
  path: ['train', 'check-retrain'],
  summary: 'Say whether a retraining is due: exit 0 when it is, 1 when it is not',
  flags: TRAIN_CHECK_RETRAIN_FLAGS,
  examples: [
    ['taskclf train check-retrain', 'by the cadence of the configuration, else weekly'],
    ['taskclf train check-retrain --cadence 7d && make train', 'train when the newest model is a week old'],
  ],
  load: () => import('./run.js'),
})
