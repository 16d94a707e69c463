import { canonicalDigest } from '@taskclf/registry-core'
import { activeReason, type RankedBundle, type SelectionReport, toDecision } from '@taskclf/selection-policy'
import type { Fallback } from './fallback.js'
import { fallbackReport } from './fallback-report.js'
import { repairPointer } from './repair-pointer.js'
import type { Resolution } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The best by policy, when the pointer's model cannot serve; the pointer is written only on request. */
export async function resolveSelection(fallback: Fallback): Promise<Resolution> {
  const { report, best } = await fallbackReport(fallback)
  const selected = await answer(fallback, report, best)
  if (!fallback.options.repair) return selected
  const policyDigest = canonicalDigest(report.policy)
  return repairPointer(fallback, selected, {
    policyVersion: report.policy.version,
    policyDigest,
    reason: activeReason(best.bundle, report.policy),
    decision: { policy_digest: policyDigest, ...toDecision(report) },
  })
}

async function answer(fallback: Fallback, report: SelectionReport, best: RankedBundle): Promise<Resolution> {
  const { look, degraded, warning } = fallback
  const { bundle } = await look.store.bundles.fetch(best.bundle)
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'selection',
    bundle,
    store: look.store,
    report,
    version: look.active.version,
    ...(degraded && { degraded }),
    warnings: [warning, ...inferencePolicyWarnings(look.store, bundle.modelId), ...bundleWarnings(bundle)],
  }
}
