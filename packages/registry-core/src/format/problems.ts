import { codesOf } from '@taskclf/errors'
import { BUNDLE_PROBLEMS, BUNDLE_WARNINGS } from '../error-table.js'

/** One of the codes of {@link BUNDLE_PROBLEMS}. */
export type ProblemCode = keyof typeof BUNDLE_PROBLEMS

/** The codes of {@link BUNDLE_PROBLEMS}, in its order. */
export const PROBLEM_CODES: readonly ProblemCode[] = /* @__PURE__ */ codesOf(BUNDLE_PROBLEMS)

/** One violation of the bundle contract. A bundle with any is invalid. */
export interface Problem {
  code: ProblemCode
  /** Relative to the bundle; `''` is the bundle itself. */
  file: string
  /** The key path inside the file, for example `per_class.Build.f1`. */
  at?: string
  /** What is wrong and what to do about it. */
  message: string
  /** The failed system call's errno, where the environment failed and not the content: nothing may be decided on it. */
  errno?: string
}

/** One of the codes of {@link BUNDLE_WARNINGS}. */
export type WarningCode = keyof typeof BUNDLE_WARNINGS

/** The codes of {@link BUNDLE_WARNINGS}, in its order. */
export const WARNING_CODES: readonly WarningCode[] = /* @__PURE__ */ codesOf(BUNDLE_WARNINGS)

/** Something odd about a bundle that does not make it invalid. */
export interface BundleWarning {
  code: WarningCode
  /** Relative to the bundle; `''` is the bundle itself. */
  file: string
  /** The key path inside the file. */
  at?: string
  /** What is odd and what to do about it. */
  message: string
}
