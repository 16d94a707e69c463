import type { z } from 'zod'
import type { SpecViolation } from './errors.js'

/** Every violation zod found, by key path. */
export function violationsOf(error: z.ZodError): SpecViolation[] {
  return error.issues.map((issue) => ({ at: issue.path.map(String).join('.'), message: issue.message }))
}

/** The same as one sentence. */
export function describeIssues(error: z.ZodError): string {
  return describe(violationsOf(error))
}

/** Violations as one sentence. */
export function describe(violations: readonly SpecViolation[]): string {
  return violations.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`)).join('; ')
}
