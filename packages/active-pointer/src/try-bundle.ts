import {
  type BundleChecks,
  CHECK_CODES,
  type CheckCode,
  type CheckedBundle,
  type CheckResult,
  type LocalValidBundle,
  RegistryError,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'
import { compareRecorded } from './compare-recorded.js'
import type { ActiveState } from './format/active-state.js'
import { lookAtStore } from './look-at-store.js'
import type { StoreLike, StoreLook } from './model-store.js'

/**
 * Tries a bundle of a store, as a service would: its content is read and compared with its manifest, and with what the
 * pointer recorded of it when it is the active one; with checks it is loaded and runs its self-test. Damage is an answer.
 *
 * @throws RegistryError, ActivePointerError `io` when the system keeps it from being read.
 * @example
 * ```ts
 * const active = await readActive('models')
 * const { status } = await tryBundle('models', bundle, predictorChecks(), active)
 * ```
 */
export async function tryBundle(
  where: StoreLike,
  bundle: ValidBundle,
  checks: BundleChecks | undefined,
  active?: ActiveState,
): Promise<CheckedBundle['result']> {
  try {
    const store = lookAtStore(where)
    await using fetched = await store.bundles.fetch(bundle)
    const checked = await runChecks(fetched.bundle, checks)
    return (await changedSince(store, fetched.bundle, checked, active)) ?? checked.result
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'io') throw error
    const { code, message } = error
    const known = (CHECK_CODES as readonly string[]).includes(code) ? (code as CheckCode) : 'load_failed'
    return { status: 'failed', code: known, message }
  }
}

/** What speaks against an active bundle that is not what was activated. */
async function changedSince(
  store: StoreLook,
  bundle: LocalValidBundle,
  { content }: CheckedBundle,
  active: ActiveState | undefined,
): Promise<CheckResult | undefined> {
  if (active?.status !== 'valid' || active.modelId !== bundle.modelId) return undefined
  const message = await compareRecorded(bundle, content, active.pointer, store)
  return message === undefined ? undefined : { status: 'failed', code: 'integrity_mismatch', message }
}
