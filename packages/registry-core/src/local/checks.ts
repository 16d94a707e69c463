import { RegistryError } from '../errors.js'
import type { LocalValidBundle } from '../format/bundle.js'
import { type BundleContent, readBundleContent } from './bundle-content.js'

/** Why a bundle must not serve, or why nobody could try it. */
export const CHECK_CODES = [
  'load_failed',
  'load_timed_out',
  'self_test_failed',
  'integrity_mismatch',
  'not_checked',
] as const

/** One of {@link CHECK_CODES}. */
export type CheckCode = (typeof CHECK_CODES)[number]

/** What a check found. `not_checked`: nothing here can load this bundle. */
export type CheckResult =
  | { status: 'passed' }
  | { status: 'failed' | 'not_checked'; code: CheckCode; message: string }

/**
 * How a bundle is tried before it may serve. Passed in by what knows the runtime (`@taskclf/predictor` makes one), so
 * that nothing below knows any.
 */
export interface BundleChecks {
  /** Loads the bundle from `content`, runs its self-test, lets it go. Answers what it found; does not throw for it. */
  check(
    bundle: LocalValidBundle,
    context: { content: BundleContent; signal: AbortSignal },
  ): Promise<CheckResult>
  /** Whether a bundle that nothing here can load may pass all the same, recorded as `not_checked`. Default false. */
  allowUnchecked?: boolean
  /** Longest time for one check in milliseconds. Default 60,000. */
  timeoutMs?: number
}

/** What a bundle's check found, and the content that it was run on; without checks, only the digests of that. */
export interface CheckedBundle {
  content: BundleContent
  /** `skipped`: no checks were passed in. */
  result: CheckResult | { status: 'skipped' }
}

/** What a timer takes; beyond it would fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/**
 * Reads a bundle's content and runs the checks on it. Without checks only the digests are taken.
 *
 * @throws RegistryError `integrity_mismatch`, `bundle_unreadable`, `io`.
 * @example
 * ```ts
 * const { content, result } = await runChecks(bundle, { check: checkWithPredictor() })
 * ```
 */
export async function runChecks(
  bundle: LocalValidBundle,
  checks: BundleChecks | undefined,
): Promise<CheckedBundle> {
  const content = await readBundleContent(bundle, { keepBytes: checks !== undefined })
  if (checks === undefined) return { content, result: { status: 'skipped' } }
  const timeoutMs = checks.timeoutMs ?? 60_000
  const aborter = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const timedOut = new Promise<CheckResult>((resolve) => {
    const giveUp = () => {
      const message = `${bundle.modelId} was not loaded within ${timeoutMs} ms; look at the model, or allow more time`
      resolve({ status: 'failed', code: 'load_timed_out', message })
      aborter.abort(new Error(message))
    }
    timer = setTimeout(giveUp, Math.min(timeoutMs, LONGEST_TIMEOUT_MS))
  })
  try {
    const result = await Promise.race([checks.check(bundle, { content, signal: aborter.signal }), timedOut])
    return { content, result }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Whether a bundle with this result may serve.
 *
 * @example
 * ```ts
 * const { result } = await runChecks(bundle, checks)
 * if (mayServe(result, checks)) console.log('may serve')
 * ```
 */
export function mayServe({ status }: CheckedBundle['result'], checks: BundleChecks | undefined): boolean {
  return (
    status === 'passed' ||
    status === 'skipped' ||
    (status === 'not_checked' && checks?.allowUnchecked === true)
  )
}

/**
 * {@link runChecks}, throwing when the bundle may not serve.
 *
 * @throws RegistryError with the check's code, besides those of {@link runChecks}.
 * @example
 * ```ts
 * const { content } = await requireChecked(bundle, checks)
 * ```
 */
export async function requireChecked(
  bundle: LocalValidBundle,
  checks: BundleChecks | undefined,
): Promise<CheckedBundle> {
  const checked = await runChecks(bundle, checks)
  const { result } = checked
  if (mayServe(result, checks) || result.status === 'passed' || result.status === 'skipped') return checked
  throw new RegistryError(result.code, bundle.path, result.message)
}
