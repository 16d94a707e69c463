import { type HistoryEntry, readHistory } from '@taskclf/active-pointer'
import {
  mayServe,
  readPromotedBundle,
  requireReadable,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'
import { isCompatible } from '@taskclf/selection-policy'
import type { Fallback } from './fallback.js'
import { repairPointer } from './repair-pointer.js'
import type { Resolution } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The newest model that served before and still can; undefined when none does. */
export async function resolveLastGood(fallback: Fallback): Promise<Resolution | undefined> {
  const { entries } = await readHistory(fallback.look.root)
  for (const entry of servedBefore(entries)) {
    const bundle = await usable(fallback, entry)
    if (bundle === undefined) continue
    const found = answer(fallback, entry, bundle)
    const { revision, write_id } = entry
    const decision = { last_good: { model_id: bundle.modelId, revision, write_id } }
    return fallback.options.repair ? repairPointer(fallback, found, { decision }) : found
  }
  return undefined
}

/** Lines whose model served, or may have where an unreadable pointer leaves it open: newest first, without what a rollback left. */
function servedBefore(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const later = new Set<string>()
  const left = new Set<string>()
  const served: HistoryEntry[] = []
  for (const entry of [...entries].reverse()) {
    if (!isTrusted(entry)) continue
    const { model_id: id } = entry.new
    if (!left.has(id) && !later.has(id)) served.push(entry)
    if (entry.source === 'rollback' && entry.old !== null && !later.has(entry.old.model_id))
      left.add(entry.old.model_id)
    later.add(id)
  }
  return served
}

const isTrusted = ({ state }: HistoryEntry): boolean => state !== 'aborted' && state !== 'pending'

async function usable(
  { look, options, unfit }: Fallback,
  { new: pointer }: HistoryEntry,
): Promise<ValidBundle | undefined> {
  const { model_id: modelId, bundle_digest: recorded } = pointer
  if (unfit.has(modelId)) return undefined
  const bundle = await readPromotedBundle(look.root, modelId)
  requireReadable([bundle])
  if (bundle.status === 'invalid' || !isCompatible(bundle, options.requirement ?? {}).compatible)
    return undefined
  if (options.checks === undefined) return bundle
  const { content, result } = await runChecks(bundle, options.checks)
  if (recorded !== undefined && recorded !== content.digest) return undefined
  return mayServe(result, options.checks) ? bundle : undefined
}

function answer({ look, degraded, warning }: Fallback, entry: HistoryEntry, bundle: ValidBundle): Resolution {
  const { revision, bundle_digest } = entry.new
  const confirmed = entry.state === 'visible'
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'selection',
    bundle,
    version: look.active.version,
    ...(bundle_digest !== undefined && { recordedDigest: bundle_digest }),
    ...(degraded && { degraded: { ...degraded, confirmed, ...(revision !== undefined && { revision }) } }),
    warnings: [warning, ...inferencePolicyWarnings(look.root, bundle.modelId), ...bundleWarnings(bundle)],
  }
}
