import { z } from 'zod'
import { type DataOf, document } from './parts.js'

/** Any command that fails, with `--json`. */
export const errorDocument = z
  .strictObject({
    version: z.literal(1),
    error: z.strictObject({
      code: z.string(),
      message: z.string(),
      hint: z.string().optional(),
      details: z.record(z.string(), z.json()).optional(),
      see: z
        .string()
        .optional()
        .describe('Where the code is explained: a page of this package, and the heading in it'),
    }),
  })
  .meta({ title: 'taskclf error, version 1' })

/** `taskclf doctor --json`. */
export const doctorDocument = document('doctor', {
  models_dir: z.string(),
  ok: z.boolean().describe('False when any finding is an error'),
  findings: z.array(
    z.strictObject({
      level: z.enum(['error', 'warning', 'note']),
      code: z.string(),
      message: z.string(),
      advice: z.string(),
      models: z.array(z.string()).optional(),
      consumer: z
        .enum(['policy', 'python', 'infer'])
        .optional()
        .describe('Who lacks something of these models, where the finding is about that'),
    }),
  ),
  repairs: z
    .array(
      z.strictObject({
        step: z.enum(['locks', 'staging', 'leftovers', 'pointer', 'index']),
        outcome: z.enum(['repaired', 'declined', 'failed']),
        code: z.string(),
        message: z.string(),
      }),
    )
    .optional()
    .describe('With --fix: what was done, and what was not; the findings are those after it'),
})

/** What `doctor` found. */
export type Doctor = DataOf<typeof doctorDocument>

/** One line of the doctor. */
export type Finding = Doctor['findings'][number]

/** `taskclf completion --json`. */
export const completionDocument = document('completion', { shell: z.string(), script: z.string() })

/** What `completion` prints. */
export type Completion = DataOf<typeof completionDocument>

/** `taskclf --version --json`. */
export const versionDocument = z
  .strictObject({ version: z.literal(1), taskclf: z.string() })
  .meta({ title: 'taskclf version, version 1' })
