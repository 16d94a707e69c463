import { TaskclfError } from '@taskclf/errors'
import { SETTINGS_ERRORS } from './error-table.js'

/** One of the codes of {@link SETTINGS_ERRORS}. */
export type SettingsErrorCode = keyof typeof SETTINGS_ERRORS

/** Settings that cannot be taken: what is wrong, what to do about it, and the facts. */
export class SettingsError extends TaskclfError {
  override readonly name = 'SettingsError'
  declare readonly code: SettingsErrorCode

  constructor(
    code: SettingsErrorCode,
    message: string,
    more: { hint?: string | undefined; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(SETTINGS_ERRORS, code, message, more)
  }
}
