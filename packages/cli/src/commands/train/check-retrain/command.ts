import { declare } from '../../../command.js'
import { CADENCE_FLAG } from '../shared/cadence.js'

export const trainCheckRetrain = declare({
  path: ['train', 'check-retrain'],
  summary: 'Say whether a retraining is due: exit 0 when it is, 1 when it is not',
  flags: { cadence: CADENCE_FLAG },
  examples: [
    ['taskclf train check-retrain', 'by the cadence of the configuration, else weekly'],
    ['taskclf train check-retrain --cadence 7d && make train', 'train when the newest model is a week old'],
  ],
})
