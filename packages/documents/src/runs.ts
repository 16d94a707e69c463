import { RUN_OUTCOMES } from '@taskclf/runs'
import { z } from 'zod'
import { type DataOf, document } from './parts.js'

const summary = {
  run_id: z.string(),
  status: z.enum(['running', ...RUN_OUTCOMES, 'orphaned', 'damaged']),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  profile: z.string().nullable(),
  command: z.array(z.string()).describe('The program and its arguments'),
  model_id: z.string().nullable().describe("The bundle's, where it has one"),
  code: z.string().nullable().describe('Why it did not succeed'),
  message: z.string().nullable(),
  dir: z.string(),
}

/** `taskclf runs list --json`, newest first. */
export const runsListDocument = document('runs list', {
  runs_dir: z.string(),
  runs: z.array(z.strictObject(summary)),
})

/** What `runs list` found. */
export type RunsList = DataOf<typeof runsListDocument>

/** A run in short. */
export type RunSummary = RunsList['runs'][number]

const event = z.looseObject({ seq: z.int(), at: z.string(), type: z.string() })

/** `taskclf runs show --json`. */
export const runsShowDocument = document('runs show', {
  ...summary,
  bundle_dir: z.string(),
  trainer: z
    .enum(['alive', 'gone', 'unknown', 'none'])
    .describe("The trainer's process; none: it was never started, or that is not known"),
  phase: z.string().nullable(),
  metrics: z.record(z.string(), z.number()).describe('The last the trainer reported of each'),
  last_events: z.array(event),
  manifest: z.json().describe('As on disk, the resolved spec included; null when it cannot be read'),
})

/** What `runs show` found. */
export type RunsShow = DataOf<typeof runsShowDocument>

/** `taskclf runs tail --json`. */
export const runsTailDocument = document('runs tail', {
  run_id: z.string(),
  ended: z.string().nullable().describe('How the run ended; null while it goes on'),
  events: z.array(event),
})

/** What `runs tail` read. */
export type RunsTail = DataOf<typeof runsTailDocument>

/** `taskclf runs cancel --json`. */
export const runsCancelDocument = document('runs cancel', {
  run_id: z.string(),
  result: z
    .enum(['requested', 'ended', 'gone', 'unverified'])
    .describe('requested: of its runner; the rest: what became of the trainer of an orphan'),
  status: summary.status.describe('Which state the run is in'),
})

/** What `runs cancel` did. */
export type RunsCancel = DataOf<typeof runsCancelDocument>
