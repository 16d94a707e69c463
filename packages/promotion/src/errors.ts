import { DurableFsError, errnoOf } from '@taskclf/durable-fs'
import { codesOf, messageOf, TaskclfError, type TaskclfErrorOptions } from '@taskclf/errors'
import type { Problem } from '@taskclf/registry-core'
import { PROMOTION_ERRORS } from './error-table.js'
import type { PromotionResult } from './result.js'

/** One of the codes of {@link PROMOTION_ERRORS}. */
export type PromotionErrorCode = keyof typeof PROMOTION_ERRORS

/** The codes of {@link PROMOTION_ERRORS}, in its order. */
export const PROMOTION_ERROR_CODES: readonly PromotionErrorCode[] = /* @__PURE__ */ codesOf(PROMOTION_ERRORS)

/** What a {@link PromotionError} may carry besides its code. */
export interface PromotionErrorOptions extends TaskclfErrorOptions {
  problems?: readonly Problem[]
  result?: PromotionResult
}

/**
 * A promotion that could not go on. Without `result` nothing was published; with it the bundle is published, and
 * `result` says how far the rest went.
 */
export class PromotionError extends TaskclfError {
  override readonly name = 'PromotionError'
  declare readonly code: PromotionErrorCode
  /** Codes `candidate_invalid` and `champion_unusable`: everything wrong with the bundle. */
  readonly problems: readonly Problem[]
  readonly result: PromotionResult | undefined

  constructor(code: PromotionErrorCode, message: string, options: PromotionErrorOptions = {}) {
    super(PROMOTION_ERRORS, code, message, options)
    this.problems = options.problems ?? []
    this.result = options.result
  }
}

/** A failure of the file system while publishing, as an error of this package; anything else as it is. */
export function asPublishError(error: unknown): unknown {
  if (error instanceof DurableFsError && error.code.startsWith('lock_') && error.code !== 'lock_failed') {
    const code = error.code === 'lock_timeout' ? 'lock_timeout' : 'lock_foreign_owner'
    return new PromotionError(code, `nothing was published: ${error.message}`, { cause: error })
  }
  if (!(error instanceof DurableFsError) && !errnoOf(error)?.startsWith('E')) return error
  const details = { errno: errnoOf(error instanceof DurableFsError ? error.cause : error) }
  const message = `nothing was published: ${messageOf(error)}`
  return new PromotionError('publish_failed', message, { cause: error, details })
}

/** The error of an id that something in the store has already. */
export function idTaken(location: string, modelId: string): PromotionError {
  const message = `${location} exists already; bundles are never written over: give the candidate another model_id`
  return new PromotionError('id_taken', message, { details: { modelId, path: location } })
}
