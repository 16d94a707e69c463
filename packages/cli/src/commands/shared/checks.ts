import { predictorChecks } from '@taskclf/predictor'
import type { BundleChecks } from '@taskclf/registry-core'
import type { Settings } from '../../settings.js'

/** How a bundle is tried before it may serve: loaded, and held to its own self-test. */
export function checksOf(
  { unchecked }: { unchecked: boolean },
  { checks, pythonInterop }: Settings,
): BundleChecks {
  return predictorChecks({ allowUnchecked: unchecked || checks === 'if_possible', pythonInterop })
}
