export { awaitEnd } from './await-end.js'
export { type CancelResult, type CancelRunOptions, cancelRun } from './cancel-run.js'
export { RUN_FAILURES, RUNS_ERRORS } from './error-table.js'
export { RUNS_ERROR_CODES, RunsError, type RunsErrorCode, type SpecViolation } from './errors.js'
export { RUN_FAILURE_CODES, type RunFailureCode } from './failure-codes.js'
export { findRunId } from './find-run-id.js'
export type { JsonValue } from './json-value.js'
export { type LastWords, lastWords } from './last-words.js'
export {
  type IdentityRecord,
  identityRecordSchema,
  type RunManifest,
  runManifestSchema,
} from './manifest-schema.js'
export { type RunProfile, resolveProfile, runProfileSchema } from './profile.js'
export type { TrainerEvent } from './protocol.js'
export { listRuns, type RunFiles, type RunRecord, readRun } from './read-run.js'
export type { EndedEvent, RunEvent, RunEventBody, RunnerEvent } from './run-event.js'
export { runEventSchema, runnerEventSchema, trainerEventSchema } from './run-event-schema.js'
export { RUN_OUTCOMES, type RunOutcome, type RunStatus } from './run-outcomes.js'
export type { RunSpec, RunSpecFile } from './spec.js'
export { runSpecFileSchema } from './spec-schema.js'
export { splitCommand } from './split-command.js'
export { type Run, type StartRunOptions, startRun } from './start-run.js'
export { type TailEventsOptions, tailEvents } from './tail-events.js'
export { trainerState } from './trainer-state.js'
