import { ActivePointerError, type ActivePointerErrorCode } from '@taskclf/active-pointer'
import { DatasetError, type DatasetErrorCode } from '@taskclf/dataset'
import { DurableFsError, type DurableFsErrorCode, errnoOf } from '@taskclf/durable-fs'
import {
  ReloadError,
  type ReloadErrorCode,
  ResolveError,
  type ResolveErrorCode,
} from '@taskclf/infer-resolver'
import { PredictorError, type PredictorErrorCode } from '@taskclf/predictor'
import { PromotionError, type PromotionErrorCode, toPromotionJson } from '@taskclf/promotion'
import { RegistryError, type RegistryErrorCode } from '@taskclf/registry-core'
import { RunsError, type RunsErrorCode } from '@taskclf/runs'
import { CLI_ERROR_EXITS, CliError } from '../errors.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { escapeLines } from './escape.js'
import { HINTS } from './hints.js'

type LibraryCode =
  | ActivePointerErrorCode
  | DatasetErrorCode
  | DurableFsErrorCode
  | PredictorErrorCode
  | PromotionErrorCode
  | ReloadErrorCode
  | ResolveErrorCode
  | RegistryErrorCode
  | RunsErrorCode

/** Every code of every library, with what the shell is told. Complete by its type: a new code does not compile here. */
export const LIBRARY_EXITS: Record<LibraryCode, ExitCode> = {
  models_dir_missing: EXIT.environment,
  models_dir_not_a_directory: EXIT.environment,
  models_dir_unreadable: EXIT.environment,
  invalid_model_id: EXIT.usage,
  bundle_unreadable: EXIT.no,
  feature_schema_unreadable: EXIT.usage,
  feature_schema_invalid: EXIT.usage,
  not_canonical: EXIT.no,
  read_failed: EXIT.environment,
  write_failed: EXIT.environment,
  target_is_a_link: EXIT.environment,
  append_failed: EXIT.environment,
  durability_unknown: EXIT.environment,
  lock_failed: EXIT.environment,
  lock_timeout: EXIT.conflict,
  lock_foreign_owner: EXIT.conflict,
  conflict: EXIT.conflict,
  overtaken: EXIT.conflict,
  pointer_is_a_link: EXIT.environment,
  no_active_pointer: EXIT.no,
  nothing_to_roll_back_to: EXIT.no,
  unknown_revision: EXIT.no,
  target_not_usable: EXIT.no,
  bundle_not_promoted: EXIT.no,
  invalid_pointer: EXIT.no,
  io: EXIT.environment,
  no_eligible_model: EXIT.no,
  active_bundle_missing: EXIT.no,
  fallback_ambiguous: EXIT.no,
  repair_refused: EXIT.no,
  override_invalid: EXIT.no,
  nothing_to_resolve: EXIT.usage,
  pointer_absent: EXIT.no,
  pointer_corrupt: EXIT.no,
  models_dir_unusable: EXIT.environment,
  bundle_invalid: EXIT.no,
  bundle_incompatible: EXIT.no,
  integrity_mismatch: EXIT.no,
  changed_while_loading: EXIT.conflict,
  load_failed: EXIT.no,
  load_timed_out: EXIT.no,
  not_checked: EXIT.no,
  self_test_failed: EXIT.no,
  dispose_failed: EXIT.bug,
  close_timed_out: EXIT.environment,
  closed: EXIT.bug,
  no_loader: EXIT.no,
  not_a_classifier: EXIT.no,
  encoders_invalid: EXIT.no,
  labels_missing: EXIT.no,
  outputs_contradict_labels: EXIT.no,
  invalid_threshold: EXIT.usage,
  missing_columns: EXIT.no,
  bad_row: EXIT.no,
  bad_value: EXIT.no,
  bad_output: EXIT.no,
  predict_failed: EXIT.no,
  self_test_invalid: EXIT.no,
  self_test_not_made: EXIT.no,
  disposed: EXIT.bug,
  unknown_format: EXIT.usage,
  invalid_delimiter: EXIT.usage,
  unreadable: EXIT.environment,
  not_utf8: EXIT.no,
  nul_byte: EXIT.no,
  missing_header: EXIT.no,
  duplicate_column: EXIT.no,
  invalid_column_name: EXIT.no,
  ragged_row: EXIT.no,
  unclosed_quote: EXIT.no,
  misplaced_quote: EXIT.no,
  row_too_long: EXIT.no,
  malformed_json: EXIT.no,
  not_an_object: EXIT.no,
  nested_value: EXIT.no,
  not_a_file: EXIT.environment,
  writer_closed: EXIT.bug,
  candidate_invalid: EXIT.no,
  candidate_changed: EXIT.conflict,
  already_promoted: EXIT.no,
  id_taken: EXIT.no,
  invalid_policy: EXIT.usage,
  invalid_cadence: EXIT.usage,
  // Damage found, like a corrupt pointer.
  champion_unusable: EXIT.no,
  champion_metric_absent: EXIT.no,
  publish_failed: EXIT.environment,
  switch_failed: EXIT.environment,
  invalid_spec: EXIT.usage,
  invalid_profile: EXIT.usage,
  unknown_profile: EXIT.usage,
  invalid_run_id: EXIT.usage,
  run_exists: EXIT.conflict,
  run_not_found: EXIT.no,
  run_damaged: EXIT.no,
  not_running: EXIT.no,
  store_failed: EXIT.environment,
}

/** Explains every code under a heading of its own; a name that leads there from the top of the package and of the repository. */
const ERRORS_PAGE = 'docs/reference/errors.md'

/** An error as the command line tells it. */
export interface DescribedError {
  exitCode: ExitCode
  code: string
  message: string
  hint?: string
  details?: Record<string, unknown>
}

/** Any thrown thing: its code, its sentence, and what the shell is told. Never a stack. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof CliError) {
    const { code, message, hint, details } = error
    return described(CLI_ERROR_EXITS[code], code, message, hint, details)
  }
  if (error instanceof ResolveError) return library(error.code, error.message, resolveDetails(error))
  if (error instanceof ActivePointerError) return library(error.code, error.message, error.details)
  if (error instanceof RegistryError) return library(error.code, error.message, { path: error.path })
  if (error instanceof DurableFsError) return library(error.code, error.message, { path: error.path })
  if (error instanceof ReloadError) return library(error.code, error.message, { model_id: error.modelId })
  if (error instanceof PredictorError) return library(error.code, error.message, error.details)
  if (error instanceof DatasetError)
    return library(error.code, error.message, { path: error.path, line: error.line })
  if (error instanceof PromotionError) return library(error.code, error.message, promotionDetails(error))
  if (error instanceof RunsError) {
    const { code, message, violations } = error
    return library(code, message, violations.length === 0 ? {} : { violations })
  }
  const errno = errnoOf(error)
  if (error instanceof Error && errno !== undefined && 'syscall' in error) {
    return described(EXIT.environment, 'system', error.message, undefined, { errno })
  }
  const message = error instanceof Error ? error.message : String(error)
  const hint = 'this is a defect of taskclf; --debug shows where it happened'
  return described(EXIT.bug, 'internal', message, hint)
}

function library(
  code: LibraryCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
): DescribedError {
  return described(LIBRARY_EXITS[code], code, message, HINTS[code], details)
}

function described(
  exitCode: ExitCode,
  code: string,
  message: string,
  hint?: string,
  details?: Readonly<Record<string, unknown>>,
): DescribedError {
  const some = details !== undefined && Object.keys(details).length > 0
  return {
    exitCode,
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(some && { details: { ...details } }),
  }
}

/** What was done before it failed belongs to the error: a bundle may be published. */
function promotionDetails({ details, problems, result }: PromotionError): Record<string, unknown> {
  return {
    ...details,
    ...(problems.length > 0 && { problems }),
    ...(result !== undefined && { promotion: toPromotionJson(result) }),
  }
}

function resolveDetails(error: ResolveError): Record<string, unknown> {
  const excluded = error.exclusions.map(({ modelId, stage, code, reasons }) => ({
    model_id: modelId,
    stage,
    code,
    reasons,
  }))
  return { ...error.details, ...(error.report !== undefined && { excluded }) }
}

/** The error for people, on standard error. */
export function errorText(error: DescribedError): string {
  const hint = error.hint === undefined ? '' : `  ${escapeLines(error.hint)}\n`
  return `taskclf: ${escapeLines(error.message)} [${error.code}]\n${hint}  see ${pageOf(error)} in the package taskclf\n`
}

/** The error as the `--json` document. */
export function errorDocument(error: DescribedError): object {
  const { exitCode: _, ...told } = error
  return { error: { ...told, see: pageOf(error) } }
}

const pageOf = ({ code }: DescribedError) => `${ERRORS_PAGE}#${code}`

/** The stacks, causes included, for `--debug` alone. */
export function stackText(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const cause = error.cause === undefined ? '' : `caused by ${stackText(error.cause) || String(error.cause)}`
  return `${escapeLines(error.stack ?? error.message)}\n${cause}`
}
