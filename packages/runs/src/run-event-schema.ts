import { z } from 'zod'

const count = z.number().nonnegative()

/** What a trainer may print on a line of stdout. Keys it adds are kept. */
export const trainerEventSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('progress'),
    current: count.describe('How much is done, in units of the trainer'),
    total: z.number().positive().optional().describe('How much there is, when that is known'),
    unit: z.string().optional().describe('What is counted: "rows", "trees"'),
  }),
  z.looseObject({
    type: z.literal('metrics'),
    values: z.record(z.string(), z.number()).describe('Measured so far, by name'),
    step: count.optional().describe('At which step of the training'),
  }),
  z.looseObject({
    type: z.literal('log'),
    message: z.string(),
    level: z.enum(['debug', 'info', 'warning', 'error']).optional().describe('Default: info'),
  }),
  z.looseObject({
    type: z.literal('phase'),
    name: z.string().describe('What begins now: "load", "train", "evaluate"'),
  }),
  z.looseObject({
    type: z.literal('bundle'),
    model_id: z.string().optional().describe('The id in metadata.json, when the trainer chose one'),
  }),
])

const stamp = {
  seq: z.number().int().positive().describe('Counts the events of the run from 1'),
  at: z.string().describe('When it was read, RFC 3339'),
}

const cut = z.literal(true).optional().describe('The line was longer than 64 KiB; this is its beginning')

/** What the runner itself has to say. */
export const runnerEventSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('text'),
    text: z.string().describe('A line of stdout that is not an event'),
    cut,
  }),
  z.looseObject({ type: z.literal('stderr'), text: z.string().describe('A line of stderr'), cut }),
  z.looseObject({
    type: z.literal('malformed'),
    text: z.string(),
    reason: z.enum(['not_json', 'schema_violation', 'damaged_record']),
    message: z.string(),
    cut,
    torn: z.literal(true).optional().describe('The last line, which no newline ended'),
  }),
  z.looseObject({
    type: z.literal('note'),
    code: z.enum(['output_cut', 'stopping', 'killing', 'left_behind', 'pipe_held']),
    message: z.string(),
  }),
])

/** One line of events.ndjson. */
export const runEventSchema = z.intersection(
  z.looseObject(stamp),
  z.discriminatedUnion('type', [trainerEventSchema, runnerEventSchema]),
)
