import { TaskclfError } from '@taskclf/errors'
import { FLAGS_ERRORS } from './error-table.js'

/** One of the codes of {@link FLAGS_ERRORS}. */
export type FlagsErrorCode = keyof typeof FLAGS_ERRORS

/** A command line that cannot be read: what is wrong with it, and what to do about it. */
export class FlagsError extends TaskclfError {
  override readonly name = 'FlagsError'
  declare readonly code: FlagsErrorCode

  constructor(code: FlagsErrorCode, message: string, more: { hint?: string | undefined } = {}) {
    super(FLAGS_ERRORS, code, message, more)
  }
}
