import type { RuntimeLoaders } from '@taskclf/predictor'
import type { BundleChecks } from '@taskclf/registry-core'
import type { Settings } from '@taskclf/settings'

/** How a bundle is tried before it may serve: loaded, held to the columns of the required schema and to its own self-test. */
export function checksOf({ unchecked }: { unchecked: boolean }, settings: Settings): BundleChecks {
  const { checks, pythonInterop, features } = settings
  return {
    allowUnchecked: unchecked || checks === 'if_possible',
    check: async (bundle, context) => {
      // Loaded when something is tried: most commands load no model.
      const { checkBundle } = await import('./check-bundle.js')
      const [columns, loaders] = [await features(), await loadersOf(settings)]
      return checkBundle(bundle, {
        ...context,
        pythonInterop,
        loaders,
        ...(columns && { features: columns }),
      })
    },
  }
}

/** What loads model files besides what is known already. */
export async function loadersOf(settings: Settings): Promise<RuntimeLoaders> {
  // A module says nothing of its types; what it loads is tried before it serves.
  return (await settings.importLoaders()) as RuntimeLoaders
}
