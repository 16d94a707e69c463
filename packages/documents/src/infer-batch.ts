import { z } from 'zod'
import { type DataOf, degraded, document } from './parts.js'

const share = z.number().min(0).max(1)

/** `taskclf infer batch --json`. */
export const inferBatchDocument = document('infer batch', {
  model_id: z.string(),
  revision: z.int().nullable().describe("The pointer's, where the pointer decided"),
  source: z.enum(['override', 'active', 'selection']),
  degraded,
  model_path: z.string().describe("The bundle's real path"),
  input: z.string().describe('As given; - is standard input'),
  output: z.string().describe('As given'),
  rows: z.int(),
  seconds: z.number(),
  rows_per_second: z.number(),
  task: z.enum(['classification', 'regression', 'scores']),
  reject_threshold: share.nullable().describe('Null: nothing is rejected'),
  reject_label: z.string().describe('What rejected rows are called'),
  rejected: z.int(),
  reject_rate: share.describe('Rejected rows of all rows'),
  unknown_categories: z
    .array(z.strictObject({ column: z.string(), rows: z.int(), examples: z.array(z.string()) }))
    .describe(
      'Columns with texts that the model does not know, predicted as missing; without a vocabulary that has __unknown__',
    ),
  artifact: z.string().describe('The model file that was loaded'),
  labels: z
    .array(z.strictObject({ label: z.string(), rows: z.int() }))
    .describe('How often each label was given; that of rejected rows last. Empty of other tasks'),
  values: z
    .strictObject({ min: z.number(), max: z.number(), mean: z.number() })
    .nullable()
    .describe(
      'Of a regressor: of what range the predicted values are; null without a row, and of other tasks',
    ),
  regression: z
    .strictObject({
      label_column: z.string(),
      rows: z.int().describe('Rows that have a true value'),
      rmse: z.number().nullable().describe('Root of the mean squared error'),
      mae: z.number().nullable().describe('Mean absolute error'),
      r2: z.number().nullable().describe('Null where the true values are all the same'),
    })
    .nullable()
    .describe('Of a regressor, with --label-column'),
  accuracy: z
    .strictObject({
      label_column: z.string(),
      rows: z.int().describe('Rows that have a true label'),
      correct: z.int(),
      accuracy: share
        .nullable()
        .describe('Correct of all rows with a true label; a rejected row is not correct'),
      accepted_rows: z.int().describe('Those of them that were not rejected'),
      accepted_accuracy: share.nullable(),
      confusion: z.strictObject({
        true_labels: z
          .array(z.string())
          .describe('The rows of the matrix; "(other)" is any label the model does not know'),
        predicted_labels: z.array(z.string()).describe('The columns of the matrix'),
        matrix: z.array(z.array(z.int())),
      }),
    })
    .nullable()
    .describe('Of a classifier, with --label-column'),
})

/** What `infer batch` did. */
export type InferBatch = DataOf<typeof inferBatchDocument>
