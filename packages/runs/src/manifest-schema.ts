import { z } from 'zod'
import { RUN_FAILURE_CODES } from './failure-codes.js'
import { RUN_OUTCOMES } from './run-outcomes.js'
import { runSpecFileSchema } from './spec-schema.js'

/** A process identity, as it is written. */
export const identityRecordSchema = z.looseObject({
  host: z.string(),
  machine: z.string(),
  boot: z.string(),
  pid_namespace: z.string(),
  pid: z.int().positive(),
  start_time: z.string(),
})

/** manifest.json: the run as a whole. Written when it starts and once more when it ends. */
export const runManifestSchema = z.looseObject({
  version: z.literal(1),
  run_id: z.string(),
  state: z.enum(['running', ...RUN_OUTCOMES]),
  code: z.enum(RUN_FAILURE_CODES).optional().describe('Why it did not succeed'),
  message: z.string().optional().describe('The same for people'),
  started_at: z.string(),
  ended_at: z.string().optional(),
  duration_ms: z.number().nonnegative().optional(),
  runner: identityRecordSchema.describe('The process that watches over the run'),
  process: identityRecordSchema.optional().describe('The trainer, leader of its own process group'),
  exit: z.looseObject({ code: z.int().nullable(), signal: z.string().nullable() }).optional(),
  bundle: z
    .looseObject({
      model_id: z.string().optional(),
      problems: z
        .array(z.looseObject({ code: z.string(), file: z.string(), message: z.string() }))
        .optional(),
    })
    .optional()
    .describe('What was found in the output directory after exit 0'),
  events: z.int().optional().describe('How many events are recorded'),
  output: z
    .looseObject({ stdout_bytes: z.int(), stderr_bytes: z.int(), cut_bytes: z.int() })
    .optional()
    .describe('How much the trainer said, and how much of that is not recorded'),
  spec: runSpecFileSchema.describe('The resolved spec'),
})

/** A run's manifest, as on disk. */
export type RunManifest = z.infer<typeof runManifestSchema>

/** A process identity as it is written. */
export type IdentityRecord = z.infer<typeof identityRecordSchema>
