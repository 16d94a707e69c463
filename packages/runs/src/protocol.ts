import { z } from 'zod'
import { describeIssues } from './violations.js'

/** The version of the trainer protocol, in `TASKCLF_PROTOCOL` and spec.json. */
export const PROTOCOL_VERSION = 1

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

/** One event of the trainer: progress, metrics, log, phase or bundle. */
export type TrainerEvent = z.infer<typeof trainerEventSchema>

const TYPES: ReadonlySet<unknown> = new Set(['progress', 'metrics', 'log', 'phase', 'bundle'])

/** A line of stdout that is not an event: passed through. */
export interface TextLine {
  type: 'text'
  text: string
}

/** A line of stdout that tried to be an event: reported, and survived. */
export interface MalformedLine {
  type: 'malformed'
  text: string
  reason: 'not_json' | 'schema_violation'
  message: string
}

/**
 * Reads one line of a trainer's stdout. A line that begins with `{` and is not JSON, or is an event that breaks the
 * schema, is `malformed`; everything else that is not an event, also an object of another type, is `text`.
 *
 * @example
 * ```ts
 * parseTrainerLine('{"type":"phase","name":"train"}') // { type: 'phase', name: 'train' }
 * parseTrainerLine('epoch 3') // { type: 'text', text: 'epoch 3' }
 * ```
 */
export function parseTrainerLine(text: string): TrainerEvent | TextLine | MalformedLine {
  if (!text.trimStart().startsWith('{')) return { type: 'text', text }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { type: 'malformed', text, reason: 'not_json', message: (error as SyntaxError).message }
  }
  if (!TYPES.has((value as { type?: unknown }).type)) return { type: 'text', text }
  const parsed = trainerEventSchema.safeParse(value)
  if (parsed.success) return parsed.data
  return { type: 'malformed', text, reason: 'schema_violation', message: describeIssues(parsed.error) }
}
