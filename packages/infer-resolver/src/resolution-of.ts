import type { ActiveLook } from './look-at-active.js'
import { recordedBy } from './recorded.js'
import type { Resolution } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The pointer's own answer. */
export function resolutionOf(look: Extract<ActiveLook, { state: 'good' }>): Resolution {
  const { modelsDir, active, bundle } = look
  const { revision } = active.pointer
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'active',
    bundle,
    get version() {
      return active.version
    },
    warnings: [...inferencePolicyWarnings(modelsDir, bundle.modelId), ...bundleWarnings(bundle)],
    ...(revision !== undefined && { revision }),
    ...recordedBy(active),
  }
}
