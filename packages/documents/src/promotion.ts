import { promotionResultSchema } from '@taskclf/promotion'
import { z } from 'zod'
import { type DataOf, document } from './parts.js'

const { version: _, ...promotion } = promotionResultSchema.shape

const numbers = z
  .array(
    z.strictObject({
      check: z.enum(['gate', 'regression']),
      metric: z.string(),
      bound: z.string().describe('In signs, or in words'),
      candidate: z.json(),
      champion: z.json().describe('Null where it has none, or where there is no champion'),
      passed: z.boolean(),
      short_by: z.string().nullable().describe('How much is missing, an exact decimal'),
    }),
  )
  .describe('Every number that was looked at, the champion beside the candidate')

const shape = {
  ...promotion,
  numbers,
  champion_model_id: z.string().nullable().describe("Whose numbers are beside the candidate's"),
}

/** `taskclf train promote --json`. */
export const trainPromoteDocument = document('train promote', { models_dir: z.string(), ...shape })

/** What `train promote` found and did. */
export type TrainPromote = DataOf<typeof trainPromoteDocument>

/** A promotion without where it took place. */
export type Promotion = Omit<TrainPromote, 'models_dir'>

const check = {
  due: z.boolean(),
  code: z.enum(['no_model', 'older_than_cadence', 'recent', 'trained_recently']),
  message: z.string(),
  newest: z.strictObject({ model_id: z.string(), created_at: z.string() }).nullable(),
  due_at: z.string().nullable().describe('When it is due, or has been since'),
  from_the_future: z.array(z.string()).describe('Bundles dated more than a day ahead, which delay nothing'),
  invalid: z.array(z.string()).describe('Bundles that are not valid, whose age says nothing'),
  last_run: z
    .strictObject({ run_id: z.string(), ended_at: z.string() })
    .nullable()
    .describe('The last run with a candidate, where that is not in the models dir'),
  damaged_runs: z.array(z.string()).describe('Runs whose record cannot be read'),
}

/** `taskclf train check-retrain --json`. */
export const trainCheckRetrainDocument = document('train check-retrain', {
  models_dir: z.string(),
  cadence: z.string(),
  ...check,
})

/** What `train check-retrain` found. */
export type TrainCheckRetrain = DataOf<typeof trainCheckRetrainDocument>

/** `taskclf train retrain --json`. */
export const trainRetrainDocument = document('train retrain', {
  models_dir: z.string(),
  outcome: z.enum([...promotion.outcome.options, 'not_due', 'trainer_failed']),
  check: z.strictObject(check).nullable().describe('Null when no cadence was asked'),
  run: z
    .strictObject({
      run_id: z.string(),
      dir: z.string(),
      state: z.string(),
      code: z.string().nullable(),
      message: z.string().nullable(),
      duration_ms: z.number().nullable(),
      metrics: z.record(z.string(), z.number()).describe('The last the trainer reported of each'),
    })
    .nullable()
    .describe('Null when nothing was trained'),
  promotion: z.strictObject(shape).nullable().describe('Null when there was nothing to promote'),
})

/** What `train retrain` found and did. */
export type TrainRetrain = DataOf<typeof trainRetrainDocument>
