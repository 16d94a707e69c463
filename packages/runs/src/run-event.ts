import type { z } from 'zod'
import type { TrainerEvent } from './protocol.js'
import type { runnerEventSchema } from './run-event-schema.js'
import type { RunStatus } from './run-outcomes.js'

/** What the runner adds to the trainer's events: lines passed through, malformed lines, notes. */
export type RunnerEvent = z.infer<typeof runnerEventSchema>

/** What is to be recorded, before it has its number and time. */
export type RunEventBody = TrainerEvent | RunnerEvent

/** How a run ended, as the last event of a tail; it is in the manifest, not in events.ndjson. */
export interface EndedEvent {
  type: 'ended'
  state: Exclude<RunStatus, 'running'>
  code?: string
  message?: string
}

/** One event of a run, numbered from 1. */
export type RunEvent = (RunEventBody | EndedEvent) & { seq: number; at: string }
