import type { ActiveLook } from './look-at-active.js'
import { recordedBy } from './recorded.js'
import type { Resolution } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The pointer's own answer. */
export async function resolutionOf(look: Extract<ActiveLook, { state: 'good' }>): Promise<Resolution> {
  const { store, active } = look
  const { bundle } = await store.bundles.fetch(look.bundle)
  const { revision } = active.pointer
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'active',
    bundle,
    store,
    get version() {
      return active.version
    },
    warnings: [...inferencePolicyWarnings(store, bundle.modelId), ...bundleWarnings(bundle)],
    ...(revision !== undefined && { revision }),
    ...recordedBy(active),
  }
}
