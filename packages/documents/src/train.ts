import { z } from 'zod'
import { bundleFinding, type DataOf, document, exclusion } from './parts.js'

const metric = z.number().nullable()

/** A model of a list. */
const listed = z.strictObject({
  model_id: z.string(),
  path: z.string(),
  status: z.enum(['valid', 'invalid']),
  created_at: z.string().nullable().describe('As written'),
  created_at_utc: z.string().nullable().describe('The same instant in UTC, to the microsecond'),
  schema_hash: z.string().nullable(),
  macro_f1: metric,
  weighted_f1: metric,
  breakidle_precision: metric,
  min_class_precision: metric,
  acceptance_pass: z.boolean().nullable(),
  derived: z.array(z.string()).describe('Metrics that were derived, not stated'),
  metrics: z
    .record(z.string(), z.union([z.number(), z.boolean(), z.string()]).nullable())
    .describe('The metrics of the columns, by their paths; null where it has none'),
  promoted: z.boolean().describe('Is directly in the models dir; false of a candidate'),
  active: z.boolean().describe('active.json points to it'),
  warnings: z
    .array(bundleFinding)
    .describe('What is odd about it, as figures that contradict their own confusion matrix'),
  eligible: z.boolean(),
  rank: z
    .int()
    .min(1)
    .nullable()
    .describe('Place under the policy; null when not eligible, and of a candidate'),
  exclusion: exclusion.nullable().describe('Why it is not eligible'),
})

const shown = z.enum(['valid', 'eligible', 'all'])

/** `taskclf train list --json`. */
export const trainListDocument = document('train list', {
  models_dir: z.string(),
  shown,
  sort: z.enum(['macro_f1', 'weighted_f1', 'created_at']),
  bundles: z.array(listed),
})

/** What `train list` found. */
export type TrainList = DataOf<typeof trainListDocument>

/** `taskclf model list --json`. */
export const modelListDocument = document('model list', {
  models_dir: z.string(),
  policy_source: z.string().describe('Preset or file'),
  shown,
  sort: z.string().describe('rank, created_at, model_id, or the path of a metric'),
  ascending: z.boolean(),
  columns: z.array(z.string()).describe('Paths of the metrics shown, in their order'),
  bundles: z.array(listed),
})

/** What `model list` found. */
export type ModelList = DataOf<typeof modelListDocument>
