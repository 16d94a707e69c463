import { codesOf, messageOf, TaskclfError } from '@taskclf/errors'
import { RUNS_ERRORS } from './error-table.js'

/** One of the codes of {@link RUNS_ERRORS}. */
export type RunsErrorCode = keyof typeof RUNS_ERRORS

/** The codes of {@link RUNS_ERRORS}, in its order. */
export const RUNS_ERROR_CODES: readonly RunsErrorCode[] = /* @__PURE__ */ codesOf(RUNS_ERRORS)

/** One thing wrong with a spec or profile: the key path and what to do about it. */
export interface SpecViolation {
  at: string
  message: string
}

/** A call about runs that could not be answered: `code` says why, `violations` every reason, `cause` is what was thrown below. */
export class RunsError extends TaskclfError {
  override readonly name = 'RunsError'
  declare readonly code: RunsErrorCode
  readonly violations: readonly SpecViolation[]

  constructor(
    code: RunsErrorCode,
    message: string,
    options: { violations?: readonly SpecViolation[]; hint?: string; cause?: unknown } = {},
  ) {
    const { violations = [], hint, cause } = options
    super(RUNS_ERRORS, code, message, { hint, details: violations.length === 0 ? {} : { violations }, cause })
    this.violations = violations
  }
}

/** Does a step on the run's files; its failure is `store_failed`. */
export async function storing<T>(what: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof RunsError) throw error
    throw new RunsError('store_failed', `${what}: ${messageOf(error)}`, { cause: error })
  }
}
