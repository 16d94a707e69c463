import { type ActivePointer, isRecordedContent } from '@taskclf/active-pointer'
import { type BundleChecks, RegistryError, runChecks, type ValidBundle } from '@taskclf/registry-core'
import { PromotionError } from './errors.js'

/**
 * Loads the active model as a service would: one that was changed since it was activated, does not load or fails its self-test is
 * no champion. One that nothing here can load is compared with by its figures.
 *
 * @throws PromotionError `champion_unusable` with the code of what was found in `details`; RegistryError, ActivePointerError `io`.
 */
export async function tryChampion(
  bundle: ValidBundle,
  pointer: ActivePointer,
  checks: BundleChecks,
): Promise<void> {
  const fault = await faultOf(bundle, pointer, checks)
  if (fault !== undefined) throw championUnusable(bundle, fault.message, { code: fault.code })
}

async function faultOf(
  bundle: ValidBundle,
  pointer: ActivePointer,
  checks: BundleChecks,
): Promise<{ code: string; message: string } | undefined> {
  try {
    const { content, result } = await runChecks(bundle, checks)
    if (result.status === 'failed') return result
    if (await isRecordedContent(bundle, content, pointer)) return undefined
    return { code: 'integrity_mismatch', message: 'its files were changed since it was activated' }
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'io') throw error
    return { code: error.code, message: error.message }
  }
}

/** The error of an active model that cannot be compared with. */
export function championUnusable(
  { modelId, path }: Pick<ValidBundle, 'modelId' | 'path'>,
  why: string,
  details: Readonly<Record<string, unknown>> = {},
  problems: PromotionError['problems'] = [],
): PromotionError {
  const message = `the active model ${modelId} cannot be compared with: ${why}. Repair it, switch to another model, or ignore the champion explicitly`
  return new PromotionError('champion_unusable', message, {
    problems,
    details: { modelId, path, ...details },
  })
}
