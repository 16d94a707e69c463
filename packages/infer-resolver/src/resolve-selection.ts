import { canonicalDigest, type LocalValidBundle, localBundles } from '@taskclf/registry-core'
import { activeReason, type SelectionReport, toDecision } from '@taskclf/selection-policy'
import type { Fallback } from './fallback.js'
import { fallbackReport } from './fallback-report.js'
import { repairPointer } from './repair-pointer.js'
import type { Resolution } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The best by policy, when the pointer's model cannot serve; the pointer is written only on request. */
export async function resolveSelection(fallback: Fallback): Promise<Resolution> {
  const { report, best } = await fallbackReport(fallback)
  const { bundle } = await localBundles(fallback.look.modelsDir).fetch(best.bundle)
  const selected = answer(fallback, report, bundle)
  if (!fallback.options.repair) return selected
  const policyDigest = canonicalDigest(report.policy)
  return repairPointer(fallback, selected, {
    policyVersion: report.policy.version,
    policyDigest,
    reason: activeReason(bundle, report.policy),
    decision: { policy_digest: policyDigest, ...toDecision(report) },
  })
}

function answer(fallback: Fallback, report: SelectionReport, bundle: LocalValidBundle): Resolution {
  const { look, degraded, warning } = fallback
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'selection',
    bundle,
    report,
    version: look.active.version,
    ...(degraded && { degraded }),
    warnings: [
      warning,
      ...inferencePolicyWarnings(look.modelsDir, bundle.modelId),
      ...bundleWarnings(bundle),
    ],
  }
}
