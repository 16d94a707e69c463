/** Everything that can be wrong with a bundle. Closed: a `switch` over it can be exhaustive. */
export const PROBLEM_CODES = [
  'missing_metadata',
  'missing_metrics',
  'missing_artifact',
  'malformed_json',
  'schema_violation',
  'bad_timestamp',
  'model_id_mismatch',
  'not_utf8',
  'too_large',
  'too_deep',
  'duplicate_key',
  'unreadable',
  'symlink_escape',
  'symlink_alias',
  'not_a_file',
  'integrity_mismatch',
  'unusable_name',
  'vanished',
] as const

/** One of {@link PROBLEM_CODES}. */
export type ProblemCode = (typeof PROBLEM_CODES)[number]

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

/** Everything that is odd about a bundle without making it invalid. */
export const WARNING_CODES = [
  'metrics_contradict_matrix',
  'acceptance_contradicts_checks',
  'label_set_differs',
  'per_class_differs',
  'train_range_differs',
  'params_not_digestible',
  'unlisted_file',
] as const

/** One of {@link WARNING_CODES}. */
export type WarningCode = (typeof WARNING_CODES)[number]

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
