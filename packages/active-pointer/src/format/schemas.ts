import { z } from 'zod'
import { POINTER_SOURCES } from './pointer.js'

/** `active.json`, version 1. A file without revision and write_id is the Python project's, and valid. */
export const activePointerSchema = z.looseObject({
  model_dir: z
    .string()
    .describe(
      '"<name of the models dir>/<model_id>"; one leading segment or none is taken, and a backslash for the slash',
    ),
  model_id: z.string().min(1),
  selected_at: z.string(),
  policy_version: z.number(),
  reason: z
    .looseObject({
      metric: z.string(),
      macro_f1: z.number().nullable().optional(),
      weighted_f1: z.number().nullable().optional(),
      note: z.string().nullable().optional(),
    })
    .nullable()
    .optional(),
  version: z.literal(1).optional().describe('Absent: 1'),
  revision: z.int().min(1).optional(),
  write_id: z.string().min(1).optional(),
  source: z.enum(POINTER_SOURCES).optional(),
  withdrawn: z.array(z.string()).optional(),
  policy_digest: z.string().optional(),
  bundle_digest: z.string().optional(),
  schema_hash: z.string().optional(),
  line: z
    .string()
    .optional()
    .describe(
      '"sha256:<hex>" of the line of this pointer in the history; that line holds the pointer without it',
    ),
})

/** One line of `active_history.jsonl`, version 1. A line without revision and write_id is the Python project's. */
export const historyLineSchema = z.looseObject({
  version: z.literal(1).optional().describe('Absent: 1'),
  at: z.string(),
  old: activePointerSchema.nullable(),
  new: activePointerSchema,
  revision: z.int().min(1).optional(),
  write_id: z.string().min(1).optional(),
  source: z.enum([...POINTER_SOURCES, 'external']).optional(),
  prev: z
    .string()
    .nullable()
    .optional()
    .describe(
      '"sha256:<hex>" of the bytes, without the newline, of the line that accounts for old; null: there is none',
    ),
  actor: z.string().optional(),
  decision: z.unknown().optional(),
  lost: z
    .boolean()
    .optional()
    .describe('The pointer had been lost: old is the newest that is known to have been active'),
  restored: z
    .boolean()
    .optional()
    .describe('The line of this pointer was gone from the history, and the next writer wrote it again'),
  observed_digest: z
    .string()
    .optional()
    .describe('Of an adopted pointer without bundle_digest: that of the content which was there then'),
})
