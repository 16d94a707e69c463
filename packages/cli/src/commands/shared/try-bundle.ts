import type { ActiveState } from '@taskclf/active-pointer'
import {
  type BundleChecks,
  type CheckResult,
  RegistryError,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'

/** What loading a bundle found, `integrity_mismatch` with the pointer included. */
export async function tryBundle(
  bundle: ValidBundle,
  checks: BundleChecks,
  active: ActiveState,
): Promise<CheckResult> {
  try {
    const { content, result } = await runChecks(bundle, checks)
    const changed = changedSince(bundle, content.digest, active)
    return changed ?? (result.status === 'skipped' ? { status: 'passed' } : result)
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'integrity_mismatch') throw error
    return { status: 'failed', code: error.code, message: error.message }
  }
}

/** The pointer says which content was activated; a pointer of another program does not. */
function changedSince(bundle: ValidBundle, digest: string, active: ActiveState): CheckResult | undefined {
  if (active.status !== 'valid' || active.modelId !== bundle.modelId) return undefined
  const { bundle_digest } = active.pointer
  if (bundle_digest === undefined || bundle_digest === digest) return undefined
  const message = `${bundle.modelId} is not what was activated: its content is ${digest}, active.json has ${bundle_digest}; roll back, or run set-active for it again to accept the change`
  return { status: 'failed', code: 'integrity_mismatch', message }
}
