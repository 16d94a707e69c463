import { defineCommand } from '../../../command.js'
import type { InferBatch } from '../../../documents/infer-batch.js'
import { INFER_BATCH_FLAGS } from './flags.js'

export const inferBatch = defineCommand<typeof INFER_BATCH_FLAGS, InferBatch>({
  path: ['infer', 'batch'],
  summary: 'Predict a file of rows: row, label, confidence and one prob_<label> for each label',
  flags: INFER_BATCH_FLAGS,
  examples: [
    ['taskclf infer batch --input windows.csv --output predictions.csv', 'with the model that serves'],
    [
      'taskclf infer batch --input windows.csv --output - --format jsonl --keep window_start',
      'as JSON lines to a pipe, with the accuracy on standard error',
    ],
    [
      'taskclf infer batch --input windows.csv --output out.csv --on-broken fail',
      'with the chosen model or with none',
    ],
  ],
  load: () => import('./run.js'),
})
