import { ActivePointerError, type ActivePointerErrorCode } from '@taskclf/active-pointer'
import { DurableFsError, type DurableFsErrorCode, errnoOf } from '@taskclf/durable-fs'
import { ResolveError, type ResolveErrorCode } from '@taskclf/infer-resolver'
import { RegistryError, type RegistryErrorCode } from '@taskclf/registry-core'
import { CLI_ERROR_EXITS, CliError } from '../errors.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { escapeLines } from './escape.js'

type LibraryCode = ActivePointerErrorCode | DurableFsErrorCode | ResolveErrorCode | RegistryErrorCode

/** Every code of every library, with what the shell is told. Complete by its type: a new code does not compile here. */
export const LIBRARY_EXITS: Record<LibraryCode, ExitCode> = {
  models_dir_missing: EXIT.environment,
  models_dir_not_a_directory: EXIT.environment,
  models_dir_unreadable: EXIT.environment,
  invalid_model_id: EXIT.usage,
  bundle_unreadable: EXIT.environment,
  feature_schema_unreadable: EXIT.usage,
  feature_schema_invalid: EXIT.usage,
  not_canonical: EXIT.no,
  read_failed: EXIT.environment,
  write_failed: EXIT.environment,
  append_failed: EXIT.environment,
  durability_unknown: EXIT.environment,
  lock_failed: EXIT.environment,
  lock_timeout: EXIT.conflict,
  lock_foreign_owner: EXIT.conflict,
  conflict: EXIT.conflict,
  overtaken: EXIT.conflict,
  no_active_pointer: EXIT.no,
  nothing_to_roll_back_to: EXIT.no,
  unknown_revision: EXIT.no,
  target_not_usable: EXIT.no,
  bundle_not_promoted: EXIT.no,
  io: EXIT.environment,
  no_eligible_model: EXIT.no,
  override_invalid: EXIT.no,
  nothing_to_resolve: EXIT.usage,
}

const HINTS: Partial<Record<LibraryCode, string>> = {
  models_dir_missing: 'give --models-dir, or set models_dir in taskclf.config.json',
  models_dir_not_a_directory: 'give --models-dir the directory that holds the bundles',
  conflict: 'look with taskclf model history, then decide again',
  overtaken: 'look with taskclf model history, then decide again',
  nothing_to_roll_back_to: 'taskclf model history shows what there was',
  unknown_revision: 'taskclf model history lists the revisions',
  no_eligible_model: 'taskclf doctor says which gate is to blame',
  durability_unknown:
    'the switch is in place; look at the file system before relying on it after a power loss',
}

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
  return `taskclf: ${escapeLines(error.message)} [${error.code}]\n${hint}`
}

/** The error as the `--json` document. */
export function errorDocument({ code, message, hint, details }: DescribedError): object {
  return {
    error: { code, message, ...(hint !== undefined && { hint }), ...(details !== undefined && { details }) },
  }
}

/** The stacks, causes included, for `--debug` alone. */
export function stackText(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const cause = error.cause === undefined ? '' : `caused by ${stackText(error.cause) || String(error.cause)}`
  return `${escapeLines(error.stack ?? error.message)}\n${cause}`
}
