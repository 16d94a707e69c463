import { readBundle } from '@taskclf/registry-core'
import { isCompatible, type Requirement } from '@taskclf/selection-policy'
import { ResolveError } from './errors.js'
import type { Resolution, ResolveWarning } from './resolution.js'
import { bundleWarnings } from './warnings.js'

/** The bundle that the caller named: it must be one; that it fits is the caller's word, doubts are warnings. */
export async function resolveOverride(modelDir: string, requirement: Requirement): Promise<Resolution> {
  const bundle = await readBundle(modelDir, { promoted: false })
  if (bundle.status === 'invalid') {
    const problems = bundle.problems.map(({ message }) => message).join('; ')
    throw new ResolveError('override_invalid', `${modelDir} is not a usable bundle: ${problems}`, {
      details: { path: bundle.path, problems: bundle.problems },
    })
  }
  const { compatible, reasons } = isCompatible(bundle, requirement)
  const doubts = compatible ? [] : reasons
  const warnings = doubts.map(({ message }): ResolveWarning => ({ code: 'override_incompatible', message }))
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'override',
    bundle,
    warnings: [...warnings, ...bundleWarnings(bundle)],
  }
}
