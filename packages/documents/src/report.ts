import { type Policy, policySchema } from '@taskclf/selection-policy'
import { z } from 'zod'
import { outranking, standing, switchRecord } from './model-why.js'
import { type DataOf, document, finding } from './parts.js'

const figure = z.union([z.string(), z.number(), z.boolean(), z.null()])

const metric = z.strictObject({
  name: z.string(),
  order: z
    .enum(['asc', 'desc'])
    .nullable()
    .describe('How the policy ranks by it; null where only a gate names it'),
  better: z
    .enum(['higher', 'lower'])
    .nullable()
    .describe('By ranking, else by the bounds; null where neither says'),
  bounds: z
    .array(
      z.strictObject({
        equals: z.exactOptional(figure),
        min: z.exactOptional(z.number()),
        max: z.exactOptional(z.number()),
      }),
    )
    .describe('Of every gate on it'),
})

const model = z.strictObject({
  model_id: z.string(),
  status: z.enum(['valid', 'invalid']),
  active: z.boolean(),
  created_at: z.string().nullable(),
  created_at_utc: z.string().nullable(),
  task: z.string().nullable(),
  description: z.string().nullable(),
  eligible: z.boolean(),
  rank: z.int().min(1).nullable(),
  exclusion: z
    .strictObject({ stage: z.string(), code: z.string(), message: z.string() })
    .nullable()
    .describe('The first reason why it is not eligible'),
  metrics: z.record(z.string(), figure).describe("By the names of the policy's metrics"),
})

const serving = z.strictObject({
  state: z
    .enum(['good', 'absent', 'missing', 'broken'])
    .describe('Of the pointer and of the model that it names'),
  problem: finding.nullable().describe('Why it is not good'),
  active: z.string().nullable().describe('The model that the pointer names, where it can be read'),
  serves: z.string().nullable().describe('What a program that resolves gets; null where it is refused'),
  refusal: finding.nullable().describe('Why such a program is refused'),
  explanation: z.array(z.string()),
  switch: switchRecord.nullable().describe('The switch that made it active'),
  today: standing.nullable(),
  rival: outranking
    .extend({ ahead: z.boolean().describe('Whether that one ranks before the active model') })
    .nullable()
    .describe('The next after the active model where that is the best, else the best'),
  classes: z
    .array(
      z.strictObject({
        label: z.string(),
        precision: z.number(),
        recall: z.number(),
        f1: z.number(),
        support: z.number(),
      }),
    )
    .describe('Of the model that serves, where its metrics have per_class'),
})

/** `taskclf report --json`: what its page shows. */
export const reportDocument = document('report', {
  taskclf: z.string().describe('The version that made it'),
  generated_at: z.string(),
  models_dir: z.string(),
  file: z.string().nullable().describe('The page that was written; null for none'),
  policy_source: z.string().describe('Preset or file'),
  policy_digest: z.string(),
  policy: policySchema,
  metrics: z.array(metric).describe('Every metric that the policy names, those of the ranking first'),
  serving,
  models: z.array(model).describe('The eligible by rank, then the others, newest first'),
  history: z
    .array(
      switchRecord.extend({
        words: z.array(z.string()).describe('The same in words'),
        metrics: z
          .record(z.string(), z.number().nullable())
          .describe("The model's, as recorded then, else as its bundle has them now"),
      }),
    )
    .describe('Newest first'),
  oddities: z.array(finding).describe('What is odd about the history'),
})

/** What a page about a registry shows. */
export type Report = Omit<DataOf<typeof reportDocument>, 'policy'> & { policy: Policy }
