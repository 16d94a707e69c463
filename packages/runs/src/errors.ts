/** What can stop a call about runs: every code a `RunsError` may carry. A trainer's failure is none: it is in the manifest. */
export const RUNS_ERROR_CODES = [
  'invalid_spec',
  'invalid_profile',
  'unknown_profile',
  'invalid_run_id',
  'run_exists',
  'run_not_found',
  'run_damaged',
  'not_running',
  'store_failed',
] as const

/** One of {@link RUNS_ERROR_CODES}. */
export type RunsErrorCode = (typeof RUNS_ERROR_CODES)[number]

/** One thing wrong with a spec or profile: the key path and what to do about it. */
export interface SpecViolation {
  at: string
  message: string
}

/** A call about runs that could not be answered: `code` says why, `violations` every reason, `cause` is what was thrown below. */
export class RunsError extends Error {
  override readonly name = 'RunsError'
  readonly code: RunsErrorCode
  readonly violations: readonly SpecViolation[]

  constructor(
    code: RunsErrorCode,
    message: string,
    options: { cause?: unknown; violations?: readonly SpecViolation[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.violations = options.violations ?? []
  }
}

/** The sentence a person needs of any thrown thing. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
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
