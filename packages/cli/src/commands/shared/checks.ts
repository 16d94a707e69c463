import type { BundleChecks } from '@taskclf/registry-core'
import type { Settings } from '@taskclf/settings'

/** How a bundle is tried before it may serve: loaded, held to the columns of the required schema and to its own self-test. */
export function checksOf(
  { unchecked }: { unchecked: boolean },
  { checks, pythonInterop, features }: Settings,
): BundleChecks {
  return {
    allowUnchecked: unchecked || checks === 'if_possible',
    check: async (bundle, context) => {
      // Loaded when something is tried: most commands load no model.
      const { checkBundle } = await import('./check-bundle.js')
      const columns = await features()
      return checkBundle(bundle, { ...context, pythonInterop, ...(columns && { features: columns }) })
    },
  }
}
