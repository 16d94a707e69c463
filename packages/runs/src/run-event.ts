import { z } from 'zod'
import type { RunStatus } from './manifest.js'
import { trainerEventSchema } from './protocol.js'

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

/** What the runner adds to the trainer's events: lines passed through, malformed lines, notes. */
export type RunnerEvent = z.infer<typeof runnerEventSchema>

/** What is to be recorded, before it has its number and time. */
export type RunEventBody = z.infer<typeof trainerEventSchema> | RunnerEvent

/** How a run ended, as the last event of a tail; it is in the manifest, not in events.ndjson. */
export interface EndedEvent {
  type: 'ended'
  state: Exclude<RunStatus, 'running'>
  code?: string
  message?: string
}

/** One event of a run, numbered from 1. */
export type RunEvent = (RunEventBody | EndedEvent) & { seq: number; at: string }
