import { EXCLUSION_STAGES } from '@taskclf/selection-policy'
import { z } from 'zod'
import { type DataOf, document, gate, reason } from './parts.js'

const score = z.record(z.string(), z.json())
const contender = z.strictObject({ model_id: z.string(), score: score.nullable() })

/** What a switch was decided on, as far as the history has it. */
const decisionRecord = z.strictObject({
  kind: z.string().nullable().describe('promotion, select, set-active, rollback, repair'),
  policy_digest: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  score: score.nullable().describe("The winner's, by rank key"),
  gates: z.array(gate).describe("The winner's"),
  incumbent: contender.nullable(),
  runner_up: contender.nullable(),
  gain: z.string().nullable().describe('On the first rank metric, an exact decimal'),
  required: z.string().nullable(),
  eligible: z.int().nullable(),
  excluded: z.record(z.string(), z.int()),
  forced: z.array(reason).describe('What --force went past'),
  promoted: z.string().nullable().describe('The candidate whose promotion led to the switch'),
})

/** A line of the history, explained. */
export const switchRecord = z.strictObject({
  line: z.int().describe('In active_history.jsonl'),
  state: z.string().describe('visible: was active once'),
  revision: z.int().nullable(),
  at: z.string(),
  at_utc: z.string().nullable(),
  actor: z.string().nullable(),
  source: z.string().nullable(),
  note: z.string().nullable(),
  model_id: z.string(),
  previous_model_id: z.string().nullable(),
  score: score.nullable().describe("The model's then; what active.json says where no decision does"),
  decision: decisionRecord.nullable(),
})

/** How a model does under the policy. */
export const standing = z.strictObject({
  eligible: z.boolean(),
  rank: z.int().min(1).nullable(),
  of: z.int().describe('How many are eligible'),
  score: score.nullable(),
  gates: z.array(gate),
  reasons: z.array(reason),
})

/** A model that is before or behind another, and by how much. */
export const outranking = z.strictObject({
  model_id: z.string(),
  metric: z.string().describe('The first rank key in which the two differ'),
  theirs: z.json(),
  its: z.json(),
  gap: z.string().nullable().describe('An exact decimal; null where the key is no number'),
})

/** `taskclf model why --json`. */
export const modelWhyDocument = document('model why', {
  models_dir: z.string(),
  subject: z.enum(['active', 'model', 'revision']),
  model_id: z.string().nullable(),
  active: z.boolean().describe('Whether that model is the active one now'),
  verdict: z.enum([
    'active',
    'switched',
    'no_pointer',
    'pointer_corrupt',
    ...EXCLUSION_STAGES,
    'outranked',
    'gain_too_small',
    'other_schema',
    'other_labels',
    'not_switched',
    'rejected',
    'removed',
  ]),
  explanation: z.array(z.string()).describe('The same in words'),
  switch: switchRecord.nullable().describe('The switch that made it active, or that withdrew it'),
  today: standing.nullable().describe('How the model does under the policy as things are now'),
  outranked_by: outranking.nullable(),
})

/** What `model why` found. */
export type ModelWhy = DataOf<typeof modelWhyDocument>
