export { awaitEnd } from './await-end.js'
export { type CancelResult, type CancelRunOptions, cancelRun } from './cancel-run.js'
export { RUN_FAILURES, RUNS_ERRORS } from './error-table.js'
export { RUNS_ERROR_CODES, RunsError, type RunsErrorCode, type SpecViolation } from './errors.js'
export type { JsonValue } from './json-value.js'
export { type LastWords, lastWords } from './last-words.js'
export {
  type IdentityRecord,
  identityRecordSchema,
  RUN_FAILURE_CODES,
  RUN_OUTCOMES,
  type RunFailureCode,
  type RunManifest,
  type RunOutcome,
  type RunStatus,
  runManifestSchema,
} from './manifest.js'
export { type RunProfile, resolveProfile, runProfileSchema } from './profile.js'
export { type TrainerEvent, trainerEventSchema } from './protocol.js'
export { listRuns, type RunFiles, type RunRecord, readRun } from './read-run.js'
export {
  type EndedEvent,
  type RunEvent,
  type RunEventBody,
  type RunnerEvent,
  runEventSchema,
  runnerEventSchema,
} from './run-event.js'
export { type RunSpec, type RunSpecFile, runSpecFileSchema } from './spec.js'
export { splitCommand } from './split-command.js'
export { type Run, type StartRunOptions, startRun } from './start-run.js'
export { type TailEventsOptions, tailEvents } from './tail-events.js'
export { trainerState } from './trainer-state.js'
