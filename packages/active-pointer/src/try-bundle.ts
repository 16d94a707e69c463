import {
  type BundleChecks,
  type BundleContent,
  CHECK_CODES,
  type CheckCode,
  type CheckedBundle,
  type CheckResult,
  RegistryError,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'
import { isRecordedContent } from './is-recorded-content.js'
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
  bundle: ValidBundle,
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
  bundle: ValidBundle,
  content: BundleContent,
  active: ActiveState | undefined,
): Promise<CheckResult | undefined> {
  const { modelId } = bundle
  if (active?.status !== 'valid' || active.modelId !== modelId) return undefined
  const { pointer } = active
  if (await isRecordedContent(bundle, content, pointer)) return undefined
  const message = `${modelId} has the digest ${content.digest}, but was activated with ${pointer.bundle_digest}: its files were changed. Roll back, or activate ${modelId} again, which records what is there`
  return { status: 'failed', code: 'integrity_mismatch', message }
}
