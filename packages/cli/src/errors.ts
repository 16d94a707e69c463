import { EXIT, type ExitCode } from './exit-codes.js'

/** Every code an error of the command line itself may carry; the libraries' codes come on top. */
export const CLI_ERROR_EXITS = {
  usage: EXIT.usage,
  unknown_flag: EXIT.usage,
  unknown_command: EXIT.usage,
  missing_command: EXIT.usage,
  missing_argument: EXIT.usage,
  missing_value: EXIT.usage,
  invalid_value: EXIT.usage,
  repeated_flag: EXIT.usage,
  unexpected_argument: EXIT.usage,
  invalid_model_id: EXIT.usage,
  config_missing: EXIT.usage,
  config_invalid: EXIT.usage,
  policy_missing: EXIT.usage,
  policy_invalid: EXIT.usage,
  feature_schema_missing: EXIT.usage,
  feature_schema_invalid: EXIT.usage,
  file_exists: EXIT.no,
  same_file: EXIT.usage,
  published_bundle: EXIT.no,
  unknown_model: EXIT.no,
  unknown_revision: EXIT.no,
  invalid_bundle: EXIT.no,
  incompatible: EXIT.no,
  gate_failed: EXIT.no,
  metric_absent: EXIT.no,
  hung_up: EXIT.hung_up,
  interrupted: EXIT.interrupted,
  quit: EXIT.quit,
  terminated: EXIT.terminated,
  conflict: EXIT.conflict,
  file_unreadable: EXIT.environment,
  system: EXIT.environment,
  internal: EXIT.bug,
} as const satisfies Record<string, ExitCode>

/** One of the keys of {@link CLI_ERROR_EXITS}. */
export type CliErrorCode = keyof typeof CLI_ERROR_EXITS

/** A refusal of the command line: what failed, what to do about it, and the facts for `--json`. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: CliErrorCode
  readonly hint: string | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(
    code: CliErrorCode,
    message: string,
    more: { hint?: string | undefined; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.hint = more.hint
    this.details = more.details
  }
}
