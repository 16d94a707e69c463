import { type HistoryEntry, readHistory } from '@taskclf/active-pointer'
import {
  type LocalValidBundle,
  mayServe,
  RegistryError,
  requireReadable,
  runChecks,
} from '@taskclf/registry-core'
import { isCompatible } from '@taskclf/selection-policy'
import { checkRecorded } from './check-recorded.js'
import { ReloadError } from './errors.js'
import type { Fallback } from './fallback.js'
import { recordedBy } from './recorded.js'
import { repairPointer } from './repair-pointer.js'
import type { Resolution } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The newest model that served before and still can; undefined when none does. */
export async function resolveLastGood(fallback: Fallback): Promise<Resolution | undefined> {
  const { entries } = await readHistory(fallback.look.store)
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

async function usable(fallback: Fallback, entry: HistoryEntry): Promise<LocalValidBundle | undefined> {
  const { look, options, unfit } = fallback
  const { model_id: modelId } = entry.new
  if (unfit.has(modelId)) return undefined
  const bundle = await look.store.bundles.read(modelId)
  requireReadable([bundle])
  if (bundle.status === 'invalid' || !isCompatible(bundle, options.requirement ?? {}).compatible)
    return undefined
  const fetched = await look.store.bundles.fetch(bundle)
  return (await passes(fallback, entry, fetched.bundle)) ? fetched.bundle : undefined
}

/** Whether it is what served, and passes the checks now. */
async function passes(
  { look, options: { checks } }: Fallback,
  entry: HistoryEntry,
  bundle: LocalValidBundle,
): Promise<boolean> {
  if (checks === undefined) return true
  try {
    const { content, result } = await runChecks(bundle, checks)
    await checkRecorded(bundle, content, recordedBy({ pointer: entry.new }), look.store)
    return mayServe(result, checks)
  } catch (error) {
    const isKnown = error instanceof RegistryError || error instanceof ReloadError
    if (isKnown && (error.code === 'integrity_mismatch' || error.code === 'bundle_unreadable')) return false
    throw error
  }
}

function answer(
  { look, degraded, warning }: Fallback,
  entry: HistoryEntry,
  bundle: LocalValidBundle,
): Resolution {
  const { revision } = entry.new
  const confirmed = entry.state === 'visible'
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'selection',
    bundle,
    store: look.store,
    version: look.active.version,
    ...recordedBy({ pointer: entry.new }),
    ...(degraded && { degraded: { ...degraded, confirmed, ...(revision !== undefined && { revision }) } }),
    warnings: [warning, ...inferencePolicyWarnings(look.store, bundle.modelId), ...bundleWarnings(bundle)],
  }
}
