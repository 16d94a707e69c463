import { TaskclfError } from '@taskclf/errors'
import { CLI_ERRORS } from './error-table.js'

/** One of the codes of {@link CLI_ERRORS}. */
export type CliErrorCode = keyof typeof CLI_ERRORS

/** A refusal of the command line: what failed, what to do about it, and the facts for `--json`. */
export class CliError extends TaskclfError {
  override readonly name = 'CliError'
  declare readonly code: CliErrorCode

  constructor(
    code: CliErrorCode,
    message: string,
    more: { hint?: string | undefined; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(CLI_ERRORS, code, message, more)
  }
}
