import { ActivePointerError } from '@taskclf/active-pointer'
import { DatasetError } from '@taskclf/dataset'
import { DurableFsError, errnoOf } from '@taskclf/durable-fs'
import { ReloadError, ResolveError } from '@taskclf/infer-resolver'
import { PredictorError } from '@taskclf/predictor'
import { PromotionError, toPromotionJson } from '@taskclf/promotion'
import { RegistryError } from '@taskclf/registry-core'
import { RunsError } from '@taskclf/runs'
import { CLI_ERROR_EXITS, CliError } from '../errors.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { escapeLines } from './escape.js'
import { HINTS } from './hints.js'
import { LIBRARY_EXITS, type LibraryCode } from './library-exits.js'

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
