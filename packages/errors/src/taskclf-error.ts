import type { CodeTable } from './code-table.js'

/** What an error may carry besides its code and its message. */
export interface TaskclfErrorOptions {
  /** What to do next, where the place that throws knows better than the table. */
  hint?: string | undefined
  /** The facts, for programs. */
  details?: Readonly<Record<string, unknown>> | undefined
  /** What was thrown below. */
  cause?: unknown
}

/**
 * What every error of taskclf is: a code from a closed list, a message that says what failed and where, and what to do next.
 * Each package throws a class of its own; this one is caught, and never thrown itself.
 *
 * @example
 * ```ts
 * try {
 *   await resolveModelDir({ modelsDir: 'models' })
 * } catch (error) {
 *   if (!(error instanceof TaskclfError)) throw error
 *   console.error(`${error.message} [${error.code}]\n${error.hint}`)
 * }
 * ```
 */
export abstract class TaskclfError extends Error {
  override readonly name: string = 'TaskclfError'
  /** What went wrong. Programs match it; it is as stable as the API. */
  readonly code: string
  /** What to do next, for people. */
  readonly hint: string
  /** The facts, for programs; which ones, each code's class says. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(table: CodeTable, code: string, message: string, options: TaskclfErrorOptions = {}) {
    const { hint, details = {}, cause } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint ?? table[code]?.hint ?? ''
    this.details = details
  }
}
