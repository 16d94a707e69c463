import type { ActiveState } from '@taskclf/active-pointer'
import { checkRecorded, ReloadError } from '@taskclf/infer-resolver'
import {
  type BundleChecks,
  type BundleContent,
  type CheckResult,
  RegistryError,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'

/** What loading a bundle found; the active one is also compared with what the pointer recorded of it, as a service does. */
export async function tryBundle(
  bundle: ValidBundle,
  checks: BundleChecks,
  active: ActiveState,
): Promise<CheckResult> {
  try {
    const { content, result } = await runChecks(bundle, checks)
    await compareWithPointer(bundle, content, active)
    return result.status === 'skipped' ? { status: 'passed' } : result
  } catch (error) {
    const isFound = error instanceof RegistryError || error instanceof ReloadError
    if (!isFound || error.code !== 'integrity_mismatch') throw error
    return { status: 'failed', code: 'integrity_mismatch', message: error.message }
  }
}

async function compareWithPointer(
  bundle: ValidBundle,
  content: BundleContent,
  active: ActiveState,
): Promise<void> {
  if (active.status !== 'valid' || active.modelId !== bundle.modelId) return
  const { bundle_digest, write_id } = active.pointer
  await checkRecorded(bundle, content, {
    ...(bundle_digest !== undefined && { recordedDigest: bundle_digest }),
    ...(write_id !== undefined && { writeId: write_id }),
  })
}
