import type { z } from 'zod'
import { trainerEventSchema } from './run-event-schema.js'
import { describeIssues } from './violations.js'

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
