import { errnoOf } from '@taskclf/durable-fs'
import { TaskclfError } from '@taskclf/errors'
import { ReloadError, ResolveError } from '@taskclf/infer-resolver'
import { PromotionError, toPromotionJson } from '@taskclf/promotion'
import { escapeLines } from '@taskclf/terminal'
import { CLI_ERRORS } from '../error-table.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { ERROR_EXITS } from './error-exits.js'

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

/** Any thrown thing: its code, its sentence, and what the shell gets. Never a stack. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof TaskclfError && Object.hasOwn(ERROR_EXITS, error.code))
    return described(error.code, error.message, error.hint, detailsOf(error))
  const message = error instanceof Error ? error.message : String(error)
  const errno = errnoOf(error)
  if (error instanceof Error && errno !== undefined && 'syscall' in error)
    return described('system', message, CLI_ERRORS.system.hint, { errno })
  return described('internal', message, CLI_ERRORS.internal.hint, {})
}

function described(
  code: string,
  message: string,
  hint: string,
  details: Readonly<Record<string, unknown>>,
): DescribedError {
  const some = Object.keys(details).length > 0
  return {
    exitCode: ERROR_EXITS[code] ?? EXIT.bug,
    code,
    message,
    hint,
    ...(some && { details: { ...details } }),
  }
}

/** The facts as the documents of the command line have them. */
function detailsOf(error: TaskclfError): Readonly<Record<string, unknown>> {
  if (error instanceof ResolveError) return resolveDetails(error)
  if (error instanceof PromotionError) return promotionDetails(error)
  if (error instanceof ReloadError) return { model_id: error.modelId }
  return error.details
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
