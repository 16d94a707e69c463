import { declare } from '../../../command.js'
import { RUNS_DIR_FLAG } from '../../runs/shared/runs-dir.js'
import { CADENCE_FLAG, RETRY_AFTER_FLAG } from '../shared/cadence.js'

export const trainCheckRetrain = declare({
  path: ['train', 'check-retrain'],
  summary: 'Say whether a retraining is due: exit 0 when it is, 1 when it is not',
  flags: { cadence: CADENCE_FLAG, 'retry-after': RETRY_AFTER_FLAG, 'runs-dir': RUNS_DIR_FLAG },
  examples: [
    ['taskclf train check-retrain', 'by the cadence of the configuration, else weekly'],
    ['taskclf train check-retrain --cadence 7d && make train', 'train when the newest model is a week old'],
    [
      'taskclf train check-retrain --cadence 7d --retry-after 1d',
      'a day after a candidate that was rejected',
    ],
  ],
})
