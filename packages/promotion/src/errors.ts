import { DurableFsError, errnoOf } from '@taskclf/durable-fs'
import type { Problem } from '@taskclf/registry-core'
import type { PromotionResult } from './result.js'

/** What can stop a promotion: every code a `PromotionError` may carry. A refused candidate is none of these. */
export const PROMOTION_ERROR_CODES = [
  'candidate_invalid',
  'candidate_changed',
  'already_promoted',
  'id_taken',
  'invalid_policy',
  'invalid_cadence',
  'pointer_corrupt',
  'champion_unusable',
  'champion_metric_absent',
  'lock_timeout',
  'lock_foreign_owner',
  'publish_failed',
  'durability_unknown',
  'conflict',
  'switch_failed',
  'load_failed',
  'load_timed_out',
  'self_test_failed',
  'integrity_mismatch',
  'not_checked',
  'io',
] as const

/** One of {@link PROMOTION_ERROR_CODES}. */
export type PromotionErrorCode = (typeof PROMOTION_ERROR_CODES)[number]

/** What a {@link PromotionError} may carry besides its code. */
export interface PromotionErrorOptions {
  cause?: unknown
  problems?: readonly Problem[]
  details?: Readonly<Record<string, unknown>>
  result?: PromotionResult
}

/**
 * A promotion that could not go on. Without `result` nothing was published; with it the bundle is published, and
 * `result` says how far the rest went.
 */
export class PromotionError extends Error {
  override readonly name = 'PromotionError'
  readonly code: PromotionErrorCode
  /** Codes `candidate_invalid` and `champion_unusable`: everything wrong with the bundle. */
  readonly problems: readonly Problem[]
  readonly details: Readonly<Record<string, unknown>>
  readonly result: PromotionResult | undefined

  constructor(code: PromotionErrorCode, message: string, options: PromotionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.problems = options.problems ?? []
    this.details = options.details ?? {}
    this.result = options.result
  }
}

/** The sentence a person needs of any thrown thing. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
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
