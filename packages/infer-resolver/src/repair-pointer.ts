import {
  ActivePointerError,
  type PointerReason,
  type SwitchResult,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { type Fallback, fallbackOf } from './fallback.js'
import { lookAtActive } from './look-at-active.js'
import type { Resolution, ResolveWarning } from './resolution.js'
import { resolutionOf } from './resolution-of.js'

/** What a repair records of why this model was chosen. */
export interface RepairRecord {
  policyVersion?: number
  policyDigest?: string
  reason?: PointerReason
  decision: Record<string, unknown>
}

/** Makes the pointer name the model that was chosen in its place: once that was tried, and unless somebody switched meanwhile. */
export async function repairPointer(
  fallback: Fallback,
  chosen: Resolution,
  { policyVersion, policyDigest, reason, decision }: RepairRecord,
): Promise<Resolution> {
  const { look, options } = fallback
  let written: SwitchResult
  try {
    written = await writeActiveAtomic(look.store, chosen.bundle, {
      source: 'repair',
      expected: look.active,
      decision: { kind: 'repair', ...decision },
      ...(options.checks !== undefined && { checks: options.checks }),
      ...(policyVersion !== undefined && { policyVersion }),
      ...(policyDigest !== undefined && { policyDigest }),
      ...(reason !== undefined && { reason }),
      ...(options.actor !== undefined && { actor: options.actor }),
      ...(options.now !== undefined && { now: options.now }),
    })
  } catch (error) {
    if (!(error instanceof ActivePointerError) || error.code !== 'conflict') throw error
    return followWinner(fallback, chosen)
  }
  const { version, revision, pointer } = written
  const { degraded: _, ...rest } = chosen
  const { write_id, bundle_digest } = pointer
  return {
    ...rest,
    version,
    revision,
    repaired: true,
    ...(write_id !== undefined && { writeId: write_id }),
    ...(bundle_digest !== undefined && { recordedDigest: bundle_digest }),
  }
}

/** Somebody switched while we were choosing: theirs remains. Where it does not serve, ours does, unwritten, and says so. */
async function followWinner(
  { look: before, options, unfit }: Fallback,
  chosen: Resolution,
): Promise<Resolution> {
  const message = 'the pointer was switched while it was being repaired; that switch remains'
  const lost: ResolveWarning = { code: 'repair_lost', message }
  const look = await lookAtActive(before.store.store, options.requirement ?? {})
  if (look.state === 'unknown') throw look.error
  if (look.state === 'good') {
    const winner = await resolutionOf(look)
    return { ...winner, warnings: [lost, ...winner.warnings] }
  }
  const { warning, degraded } = fallbackOf(look, options, unfit)
  return { ...chosen, ...(degraded && { degraded }), warnings: [lost, warning, ...chosen.warnings] }
}
