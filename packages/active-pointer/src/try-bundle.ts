import {
  type BundleChecks,
  type BundleContent,
  CHECK_CODES,
  type CheckCode,
  type CheckedBundle,
  type CheckResult,
  type LocalValidBundle,
  RegistryError,
  runChecks,
} from '@taskclf/registry-core'
import { compareRecorded } from './compare-recorded.js'
import type { ActiveState } from './read-active.js'

/**
 * Tries a bundle where it is, as a service would: its content is read and compared with its manifest, and with what the
 * pointer recorded of it when it is the active one; with checks it is loaded and runs its self-test. Damage is an answer.
 *
 * @throws RegistryError, ActivePointerError `io` when the system keeps it from being read.
 * @example
 * ```ts
 * const active = await readActive('models')
 * const { status } = await tryBundle(bundle, predictorChecks(), active)
 * ```
 */
export async function tryBundle(
  bundle: LocalValidBundle,
  checks: BundleChecks | undefined,
  active?: ActiveState,
): Promise<CheckedBundle['result']> {
  try {
    const { content, result } = await runChecks(bundle, checks)
    return (await changedSince(bundle, content, active)) ?? result
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'io') throw error
    const { code, message } = error
    const known = (CHECK_CODES as readonly string[]).includes(code) ? (code as CheckCode) : 'load_failed'
    return { status: 'failed', code: known, message }
  }
}

/** What speaks against an active bundle that is not what was activated. */
async function changedSince(
  bundle: LocalValidBundle,
  content: BundleContent,
  active: ActiveState | undefined,
): Promise<CheckResult | undefined> {
  if (active?.status !== 'valid' || active.modelId !== bundle.modelId) return undefined
  const message = await compareRecorded(bundle, content, active.pointer)
  return message === undefined ? undefined : { status: 'failed', code: 'integrity_mismatch', message }
}
